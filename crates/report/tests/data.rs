//! docs/data.md is what the tables say of themselves. `UPDATE_EXPECT=1 cargo test -p gouji-report --test data` writes it anew.

use std::fmt::Write as _;

use expect_test::expect_file;
use gouji_report::TABLES;

#[test]
fn the_page_tells_the_columns() {
    let mut page = String::from(HEAD);
    for table in TABLES {
        writeln!(
            page,
            "\n## {}\n\n{}: {}.\n\n| column | values | meaning | 含义 |\n|---|---|---|---|",
            table.name, table.zh, table.en
        )
        .unwrap();
        for column in table.columns() {
            writeln!(page, "| `{}` | {} | {} | {} |", column.name, column.kind.name(), column.en, column.zh).unwrap();
        }
    }
    expect_file!["../../../docs/data.md"].assert_eq(&page);
}

const HEAD: &str = "# Data

`gouji check PATH... --out DIR` and `gouji extract PATH... --out DIR` write a run folder. This page is made from the
program's own tables and checked by a test.

| file | what |
|---|---|
| `<table>.jsonl` | a JSON object a row, every column in the order below; `null` is what is not printed, never a zero |
| `<table>.csv` | the same with `--format csv`: an empty cell is what is missing, lists are joined (pointers by blanks, texts by `; `) |
| `across.jsonl` | findings over documents, in the shape of the contract; in `findings.csv` a row for each member |
| `manifest.json` | the program's version, what was asked for, the columns of every table, the documents, how many rows there are |

Values are texts exactly as printed; a figure is never rounded or turned into another unit. Pointers (`/indicators/3/score`)
name a cell of a form as in the JSON of the contract. Documents come in the order of their paths, forms in the order of
their document; the same documents give the same bytes. The files of a run take the place of those of the run before when it
has ended, the manifest last: a folder without one holds no whole run. A folder that holds anything else is refused.
";
