//! Run folders as other programs find them: which files, what is in them, and that nothing foreign is written over.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A folder of its own for a test, removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    /// A good form, one with a wrong rate, a letter and something that is no text.
    fn new(name: &str) -> Scratch {
        let root = std::env::temp_dir().join(format!("gouji-folder-{}-{name}", std::process::id()));
        fs::create_dir_all(root.join("docs")).unwrap();
        let write = |name: &str, bytes: &[u8]| fs::write(root.join("docs").join(name), bytes).unwrap();
        write("a.txt", form("98.84%").as_bytes());
        write("b.txt", form("100%").as_bytes());
        write("c.txt", "关于召开会议的通知\n各单位：\n请准时参加。\n".as_bytes());
        write("d.png", b"\x89PNG\r\n\x1a\n0000");
        Scratch(root)
    }

    fn gouji(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_gouji"))
            .current_dir(&self.0)
            .args(args)
            .env("LANG", "C")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .output()
            .unwrap()
    }

    fn rows(&self, file: &str) -> Vec<Value> {
        let text = fs::read_to_string(self.0.join(file)).unwrap();
        text.lines().map(|it| serde_json::from_str(it).unwrap()).collect()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

fn form(rate: &str) -> String {
    format!(
        "项目支出绩效自评表
(2022年度)
项目名称\t公路养护
主管部门\t某县交通局\t实施单位\t某县公路站
项目资金(万元)\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t547.98\t547.98\t541.6\t10\t{rate}\t9.88
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t养护里程\t≥20公里\t20公里\t50\t50
效益指标\t社会效益指标\t通行能力\t有所提升\t有所提升\t30\t30
满意度指标\t服务对象满意度指标\t群众满意度\t≥90%\t95%\t10\t10
总分\t\t\t\t\t100\t99.88
"
    )
}

/// Every file of a folder, with its bytes.
fn files(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let names = fs::read_dir(dir).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<_> = names.map(|it| (it.clone(), fs::read(dir.join(it)).unwrap())).collect();
    files.sort();
    files
}

#[test]
fn a_run_fills_its_folder() {
    let scratch = Scratch::new("fills");
    let output = scratch.gouji(&["check", "docs", "--out", "run"]);
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.starts_with("summary\n"), "{printed}");
    let names: Vec<String> = files(&scratch.0.join("run")).into_iter().map(|it| it.0).collect();
    let expected = [
        "across.jsonl",
        "documents.jsonl",
        "findings.jsonl",
        "forms.jsonl",
        "funds.jsonl",
        "indicators.jsonl",
        "ledger.jsonl",
        "manifest.json",
        "repairs.jsonl",
    ];
    assert_eq!(names, expected);
    let status: Vec<Value> = scratch.rows("run/documents.jsonl").iter().map(|it| it["status"].clone()).collect();
    assert_eq!(status, ["forms", "forms", "formless", "unread"]);
    let findings = scratch.rows("run/findings.jsonl");
    assert_eq!((&findings[0]["code"], &findings[0]["document"]), (&"F03".into(), &"docs/b.txt".into()));
    let indicators = scratch.rows("run/indicators.jsonl");
    assert_eq!(indicators.len(), 6);
    assert_eq!((&indicators[0]["target"], &indicators[0]["reason"]), (&"≥20公里".into(), &Value::Null));
    assert_eq!(scratch.rows("run/funds.jsonl")[0]["executed"], "541.6");
    let manifest: Value = serde_json::from_slice(&fs::read(scratch.0.join("run/manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["documents"].as_array().map(Vec::len), Some(4));
    let digest = manifest["documents"][0]["sha256"].as_str().unwrap();
    assert_eq!(digest.len(), 64);
    assert_eq!((&manifest["rows"]["forms"], &manifest["rows"]["indicators"]), (&2.into(), &6.into()));
}

#[test]
fn the_same_documents_fill_it_with_the_same_bytes() {
    let scratch = Scratch::new("same");
    for (dir, jobs) in [("one", "1"), ("four", "4"), ("one", "2")] {
        scratch.gouji(&["check", "docs", "--out", dir, "--jobs", jobs, "--format", "csv"]);
    }
    let one = files(&scratch.0.join("one"));
    assert_eq!(one, files(&scratch.0.join("four")));
    let table = scratch.gouji(&["check", "docs", "--format", "csv"]).stdout;
    let in_folder = one.iter().find(|it| it.0 == "findings.csv").map(|it| &it.1);
    assert_eq!(in_folder, Some(&table));
}

#[test]
fn an_extraction_has_no_verdicts() {
    let scratch = Scratch::new("extract");
    scratch.gouji(&["extract", "docs", "--out", "run"]);
    let forms = scratch.rows("run/forms.jsonl");
    assert_eq!((forms.len(), &forms[0]["verdict"], &forms[0]["exact"]), (2, &Value::Null, &Value::Null));
    assert!(scratch.rows("run/findings.jsonl").is_empty());
}

#[test]
fn nothing_foreign_is_written_over() {
    let scratch = Scratch::new("foreign");
    fs::create_dir(scratch.0.join("mine")).unwrap();
    fs::write(scratch.0.join("mine/letter.txt"), "a letter").unwrap();
    let output = scratch.gouji(&["check", "docs", "--out", "mine"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("mine holds letter.txt, which no run wrote"), "{said}");
    assert_eq!(files(&scratch.0.join("mine")).len(), 1);
    let output = scratch.gouji(&["check", "docs", "--out", "docs/a.txt"]);
    assert_eq!(output.status.code(), Some(2));
}
