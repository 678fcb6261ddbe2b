//! The program as its users meet it: arguments and files in, bytes and an exit code out.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use expect_test::{Expect, expect};

/// A folder of its own for a test, removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Scratch {
        let root = std::env::temp_dir().join(format!("gouji-cli-{}-{name}", std::process::id()));
        fs::create_dir_all(&root).unwrap();
        Scratch(root)
    }

    fn with(self, file: &str, content: impl AsRef<[u8]>) -> Scratch {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

/// The program in this folder, in a plain English locale.
fn gouji(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.current_dir(folder).args(args).env("LANG", "C");
    for variable in ["LC_ALL", "LC_MESSAGES", "NO_COLOR"] {
        command.env_remove(variable);
    }
    command
}

fn run(scratch: &Scratch, args: &[&str]) -> Output {
    gouji(&scratch.0, args).output().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn check_code(scratch: &Scratch, args: &[&str], expected: i32) {
    let output = run(scratch, args);
    assert_eq!(output.status.code(), Some(expected), "{args:?}: {}{}", stdout(&output), stderr(&output));
}

fn check_error(scratch: &Scratch, args: &[&str], expected: Expect) {
    let output = run(scratch, args);
    assert_eq!(output.status.code(), Some(2), "{args:?}");
    assert_eq!(stdout(&output), "");
    expected.assert_eq(stderr(&output));
}

/// A form whose figures agree if the rate is 98.84%.
fn form(project: &str, rate: &str) -> String {
    format!(
        "项目支出绩效自评表
(2022年度)
项目名称\t{project}
主管部门\t某县交通局\t实施单位\t某县公路站
项目资金(万元)\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t547.98\t547.98\t541.6\t10\t{rate}\t9.88
\t其中:财政拨款\t547.98\t547.98\t541.6\t—\t{rate}\t—
\t其他资金\t\t\t\t—\t\t—
年度总体目标\t预期目标\t实际完成情况
\t养护道路20公里\t已养护道路20公里
绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
\t产出指标\t数量指标\t养护里程\t≥20公里\t20公里\t30\t30\t
\t\t质量指标\t验收合格率\t≥95%\t100%\t20\t20\t
\t效益指标\t社会效益指标\t受益人口\t≥3000人\t3100人\t30\t30\t
\t满意度指标\t服务对象满意度指标\t群众满意度\t≥90%\t95%\t10\t10\t
总分\t\t\t\t\t\t100\t99.88\t
"
    )
}

const NOVEL: &str = "那一年的冬天来得很早。\n\n他沿着河走了很久，谁也没有遇见。\n";

const PICTURE: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR";

/// A folder of everything: forms that agree and forms that do not, and documents that are none.
fn mixed(name: &str) -> Scratch {
    let mut scratch = Scratch::new(name).with("empty.txt", "").with("novel.txt", NOVEL).with("picture.txt", PICTURE);
    for number in 0..40 {
        let rate = if number % 3 == 0 { "100%" } else { "98.84%" };
        // Documents of different lengths finish out of order.
        let forms: String = (0..=number % 5).map(|it| form(&format!("养护项目{number}之{it}"), rate)).collect();
        scratch = scratch.with(&format!("{:02}/{number}.txt", number % 7), forms);
    }
    scratch
}

#[test]
fn exit_codes_say_how_it_went() {
    let scratch = Scratch::new("codes")
        .with("good.txt", form("道路养护", "98.84%"))
        .with("bad.txt", form("道路养护", "100%"))
        .with("novel.txt", NOVEL)
        .with("picture.png", PICTURE);
    let select = "--select=F03";
    check_code(&scratch, &["check", select, "good.txt"], 0);
    check_code(&scratch, &["check", select, "bad.txt"], 1);
    check_code(&scratch, &["check", select, "--exit-zero", "bad.txt"], 0);
    check_code(&scratch, &["check", select, "--ignore=F", "bad.txt"], 0);
    check_code(&scratch, &["check", "novel.txt"], 0);
    check_code(&scratch, &["check", "--require-form", "novel.txt"], 3);
    check_code(&scratch, &["check", "picture.png"], 3);
    check_code(&scratch, &["check", "--exit-zero", "bad.txt", "picture.png"], 3);
    check_code(&scratch, &["check", "nowhere.txt"], 3);
    check_code(&scratch, &["extract", "bad.txt"], 0);
    check_code(&scratch, &["extract", "--require-form", "novel.txt"], 3);
    check_code(&scratch, &["extract", "."], 3);
    check_code(&scratch, &["check"], 2);
    check_code(&scratch, &["check", "--format=xml", "good.txt"], 2);
    check_code(&scratch, &["check", "--jobs=0", "good.txt"], 2);
}

#[test]
fn errors_are_one_clear_line() {
    let scratch = Scratch::new("errors").with("good.txt", form("道路养护", "98.84%"));
    check_error(
        &scratch,
        &["check", "--select=F30", "good.txt"],
        expect![[r#"
        gouji: --select: no code is or begins with "F30": did you mean F03?
    "#]],
    );
    check_error(
        &scratch,
        &["check", "--ignore=F,Q", "good.txt"],
        expect![[r#"
        gouji: --ignore: no code is or begins with "Q"
    "#]],
    );
    check_error(
        &scratch,
        &["rule", "F3"],
        expect![[r#"
        gouji: no code is or begins with "F3": did you mean F03?
    "#]],
    );
    check_error(
        &scratch,
        &["repair", "F03"],
        expect![[r#"
        gouji: no code is or begins with "F03": did you mean R03?
    "#]],
    );
    check_error(
        &scratch,
        &["check", "-", "-"],
        expect![[r#"
        gouji: standard input (`-`) can be read only once
    "#]],
    );
}

#[test]
fn bytes_do_not_depend_on_the_number_of_threads() {
    let scratch = mixed("threads");
    for command in ["check", "extract"] {
        for shape in ["text", "json", "jsonl", "csv"] {
            let with_jobs = |jobs| run(&scratch, &[command, ".", "--format", shape, "--jobs", jobs]).stdout;
            let alone = with_jobs("1");
            assert!(!alone.is_empty());
            for jobs in ["2", "4"] {
                assert!(with_jobs(jobs) == alone, "{command} --format {shape} differs on {jobs} threads");
            }
        }
    }
}

#[test]
fn results_come_in_the_order_of_paths() {
    let scratch = mixed("order");
    let output = run(&scratch, &["check", "03", "00", "--format", "jsonl", "--jobs", "2"]);
    let lines = stdout(&output).lines().map(|it| serde_json::from_str::<serde_json::Value>(it).unwrap());
    let paths: Vec<String> = lines.filter_map(|it| Some(it.get("path")?.as_str()?.to_owned())).collect();
    let expected = ["03/10.txt", "03/17.txt", "03/24.txt", "03/3.txt", "03/31.txt", "03/38.txt"];
    assert_eq!(paths.get(..6), Some(&expected.map(str::to_owned)[..]));
    assert_eq!(paths.get(6).map(String::as_str), Some("00/0.txt"));
}

#[test]
fn the_object_is_json_and_counts_what_it_holds() {
    let scratch = mixed("object");
    let output = run(&scratch, &["check", ".", "--format", "json"]);
    let findings: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let length = |key: &str| findings[key].as_array().unwrap().len();
    assert_eq!((length("documents"), length("unread"), length("formless"), length("across")), (40, 1, 2, 0));
    let forms: usize =
        findings["documents"].as_array().unwrap().iter().map(|it| it["forms"].as_array().unwrap().len()).sum();
    assert_eq!(findings["summary"]["forms"], forms);
    assert_eq!(forms, 120);

    let output = run(&scratch, &["extract", ".", "--format", "json"]);
    let extracted: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(extracted["schema"], "gouji.forms/1");
    assert_eq!(extracted["forms"].as_array().unwrap().len(), forms);
}

#[test]
fn what_is_no_form_is_listed_with_its_reason() {
    let scratch = Scratch::new("listed").with("empty.txt", "").with("novel.txt", NOVEL).with("picture.txt", PICTURE);
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", scratch.0.join("dangling.txt")).unwrap();
    let output = run(&scratch, &["check", "."]);
    assert_eq!(output.status.code(), Some(3));
    expect![[r#"
        summary
          documents      0 with 0 forms, 2 without a form, 2 unread
          unread         E01 ./dangling.txt  cannot be read: No such file or directory (os error 2)
                         E02 ./picture.txt  a PNG picture, which this version does not read
          without form   ./empty.txt  no title or label of the lexicon
                         ./novel.txt  no title or label of the lexicon
    "#]]
    .assert_eq(stdout(&output));
    let table = run(&scratch, &["check", ".", "--format", "csv"]);
    expect![[r#"
        gouji: ./dangling.txt: E01: cannot be read: No such file or directory (os error 2)
        gouji: ./picture.txt: E02: a PNG picture, which this version does not read
    "#]]
    .assert_eq(stderr(&table));
}

#[test]
fn documents_over_the_limit_are_not_read() {
    let scratch = Scratch::new("limit").with("small.txt", "x".repeat(2000));
    // A hole of 200 MB: it takes no room on the disk, and would take 200 MB of memory.
    fs::File::create(scratch.0.join("large.txt")).unwrap().set_len(200 << 20).unwrap();
    let output = run(&scratch, &["check", ".", "--format", "jsonl", "--max-document", "1K"]);
    assert_eq!(output.status.code(), Some(3));
    expect![[r#"
        {"kind":"unread","path":"./large.txt","code":"E04","reason":"209715200 bytes, over the limit of 1024 bytes a document"}
        {"kind":"unread","path":"./small.txt","code":"E04","reason":"2000 bytes, over the limit of 1024 bytes a document"}
        {"kind":"summary","documents":0,"forms":0,"by_verdict":{"contradiction":0,"breach":0,"suspicion":0,"unchecked":0,"consistent":0},"by_code":{},"coverage":null,"unread":2,"formless":0}
    "#]].assert_eq(stdout(&output));
    let output = run(&scratch, &["check", "large.txt", "--format", "jsonl"]);
    assert!(stdout(&output).contains("209715200 bytes, over the limit of 67108864 bytes a document"));
}

fn piped(scratch: &Scratch, args: &[&str], input: &str) -> Output {
    let mut command = gouji(&scratch.0, args);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn standard_input_is_a_document() {
    let scratch = Scratch::new("stdin");
    let args = ["extract", "-", "--stdin-name", "given.txt", "--format", "jsonl"];
    let output = piped(&scratch, &args, &form("道路养护", "100%"));
    assert_eq!(output.status.code(), Some(0));
    let document: serde_json::Value = serde_json::from_str(stdout(&output).lines().next().unwrap()).unwrap();
    assert_eq!(document["path"], "given.txt");
    assert_eq!(document["format"], "ocr_text");
    assert_eq!(document["forms"][0]["project"], "道路养护");
    let output = piped(&scratch, &["check", "-", "--format-in", "markdown", "--format", "jsonl"], NOVEL);
    let first = stdout(&output).lines().next().unwrap();
    assert!(first.starts_with("{\"kind\":\"formless\",\"path\":\"-\",\"format\":\"markdown\""), "{first}");
}

#[test]
fn a_broken_pipe_is_no_error() {
    let scratch = mixed("pipe");
    // More than a pipe holds, so that writing meets the closed end.
    let args = ["extract", "--format", "json", "--jobs", "2", ".", "."];
    let mut child = gouji(&scratch.0, &args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 10];
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut first).unwrap();
    drop(out);
    let output = child.wait_with_output().unwrap();
    assert_eq!(stderr(&output), "");
    assert_eq!(output.status.code(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    let scratch = Scratch::new("full").with("good.txt", form("道路养护", "98.84%"));
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = gouji(&scratch.0, &["check", "good.txt"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    expect![[r#"
        gouji: standard output cannot be written to: No space left on device (os error 28)
    "#]]
    .assert_eq(stderr(&output));
}

#[test]
fn the_locale_decides_the_language_unless_an_option_does() {
    let scratch = Scratch::new("lang").with("novel.txt", NOVEL);
    let first_word = |variables: &[(&str, &str)], args: &[&str]| {
        let mut command = gouji(&scratch.0, args);
        let output = command.args(["check", "novel.txt"]).envs(variables.iter().copied()).output().unwrap();
        stdout(&output).lines().next().unwrap().to_owned()
    };
    assert_eq!(first_word(&[], &[]), "summary");
    assert_eq!(first_word(&[("LANG", "zh_CN.UTF-8")], &[]), "合计");
    assert_eq!(first_word(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")], &[]), "summary");
    let output = gouji(&scratch.0, &["check", "novel.txt", "--lang", "zh"]).output().unwrap();
    assert!(stdout(&output).starts_with("合计"));
}

#[test]
fn colors_come_only_when_asked_for() {
    let scratch = Scratch::new("color").with("bad.txt", form("道路养护", "100%"));
    let has_color = |args: &[&str]| stdout(&run(&scratch, args)).contains('\x1b');
    assert!(!has_color(&["check", "bad.txt"]));
    assert!(!has_color(&["check", "bad.txt", "--color", "never"]));
    assert!(has_color(&["check", "bad.txt", "--color", "always"]));
    assert!(!has_color(&["check", "bad.txt", "--color", "always", "--format", "json"]));
}

#[test]
fn rules_and_repairs_are_listed_and_explained() {
    let scratch = Scratch::new("explain");
    for (table, entry) in [("rules", "rule"), ("repairs", "repair")] {
        let output = run(&scratch, &[table]);
        assert_eq!(output.status.code(), Some(0));
        let codes: Vec<&str> =
            stdout(&output).lines().skip(1).map(|it| it.split_whitespace().next().unwrap()).collect();
        assert!(!codes.is_empty(), "{table}");
        for code in codes {
            let output = run(&scratch, &[entry, &code.to_lowercase(), "--lang", "zh"]);
            assert_eq!(output.status.code(), Some(0));
            assert!(stdout(&output).starts_with(&format!("{code} ")), "{code}");
        }
    }
}

#[test]
fn a_contradiction_reads_well_in_chinese() {
    let scratch = Scratch::new("chinese").with("bad.txt", form("道路养护", "100%"));
    let output = run(&scratch, &["check", "bad.txt", "--select", "F03", "--lang", "zh"]);
    expect![[r#"
        bad.txt  OCR 文本，1 张表

          第 1 张  道路养护  矛盾
          bad.txt:1:1  分值方案 MOF-50  不符 1

            矛盾 F03 执行率不符
              年度资金总额的执行率印作 100%，按 541.6 ÷ 547.98 应为 98.84%
              算式      541.6 / 547.98 = 98.84%
              填报      100%    复算 98.84%    可填 [98.82, 98.86)
              位置      bad.txt:6:7  年度资金总额 · 执行率「100%」
              依据      bad.txt:6:4  同行 · 全年预算数「547.98」
                        bad.txt:6:5  同行 · 全年执行数「541.6」

        合计
          文档      1 份有表，共 1 张；0 份无表；0 份未读
          结论      矛盾 1
          发现      1  F03 执行率不符
          覆盖率    100.0%：应核 1 项，已核 1 项（恰好相符 0，舍入内相符 0，不符 1）
    "#]]
    .assert_eq(stdout(&output));
}

#[test]
fn a_contradiction_reads_well_in_english() {
    let scratch = Scratch::new("english").with("bad.txt", form("道路养护", "100%"));
    let output = run(&scratch, &["check", "bad.txt", "--select", "f03", "--lang", "en"]);
    expect![[r#"
        bad.txt  OCR text, 1 form

          form 1  道路养护  contradiction
          bad.txt:1:1  weights MOF-50  1 in findings

            contradiction F03 execution-rate
              the rate of 年度资金总额 is printed as 100%; 541.6 / 547.98 is 98.84%
              sum        541.6 / 547.98 = 98.84%
              printed    100%    recomputed 98.84%    admissible [98.82, 98.86)
              at         bad.txt:6:7  年度资金总额 · rate "100%"
              from       bad.txt:6:4  same row · budget of the year "547.98"
                         bad.txt:6:5  same row · spent "541.6"

        summary
          documents      1 with 1 form, 0 without a form, 0 unread
          verdicts       contradiction 1
          findings       1  F03 execution-rate
          coverage       100.0%: 1 of 1 checks that apply were made (0 exact, 0 within rounding, 1 in findings)
    "#]]
    .assert_eq(stdout(&output));
}

#[test]
fn a_configuration_above_the_folder_is_obeyed() {
    let labels = form("道路养护", "100%").replace("项目名称", "工程大名");
    let scratch = Scratch::new("configuration")
        .with("gouji.toml", "select = ['F']\nignore = ['F0']\n")
        .with("own.toml", "[labels.head]\nproject = ['工程大名']\n[severity]\nF03 = 'low'\n")
        .with("wrong.toml", "[labels.head]\nprojct = ['工程大名']\n")
        .with("below/bad.txt", form("道路养护", "100%"))
        .with("below/labels.txt", labels);
    let below = |args: &[&str]| gouji(&scratch.0.join("below"), args).output().unwrap();
    assert_eq!(below(&["check", "bad.txt"]).status.code(), Some(0));
    assert_eq!(below(&["check", "--config", "../own.toml", "bad.txt"]).status.code(), Some(1));
    let output = below(&["check", "--config", "../own.toml", "--select=F03", "--format=json", "labels.txt"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).contains("\"severity\":\"low\""), "{}", stdout(&output));
    let json = |args: &[&str]| stdout(&below(args)).contains("\"project\":\"道路养护\"");
    assert!(json(&["extract", "--config", "../own.toml", "--format=json", "labels.txt"]));
    assert!(!json(&["extract", "--format=json", "labels.txt"]));
    check_error(
        &scratch,
        &["check", "--config", "wrong.toml", "below"],
        expect![[r#"
            gouji: wrong.toml: unknown key "labels.head.projct"; the nearest known key is "labels.head.project"
        "#]],
    );
    let output = run(&scratch, &["extract", "--config", "none.toml", "below"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("gouji: none.toml: "), "{}", stderr(&output));
}

#[test]
fn a_baseline_hides_what_is_known_until_its_day() {
    let scratch = Scratch::new("baseline")
        .with("docs/a.txt", form("道路养护", "100%"))
        .with("docs/b.txt", form("桥梁养护", "100%"));
    let write = |until: &str, more: &[&str]| {
        let until = format!("--until={until}");
        let args = [&["baseline", "docs", "--select=F03", "--who=Li", "--why=known", &until], more].concat();
        let output = run(&scratch, &args);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output).to_owned()
    };
    let text = write("9999-12-31", &[]);
    assert_eq!(text.matches("[[known]]").count(), 2);
    for line in
        ["code = \"F03\"", "project = \"道路养护\"", "who = \"Li\"", "why = \"known\"", "until = \"9999-12-31\""]
    {
        assert!(text.contains(line), "{text}");
    }
    fs::write(scratch.0.join("known.toml"), &text).unwrap();
    let check = ["check", "--select=F03", "--baseline=known.toml", "docs"];
    check_code(&scratch, &check, 0);
    assert_eq!(stderr(&run(&scratch, &check)), "gouji: known.toml: 2 known findings are not shown\n");

    // One is repaired: its entry is stale, and a new baseline drops it.
    fs::write(scratch.0.join("docs/b.txt"), form("桥梁养护", "98.84%")).unwrap();
    let output = run(&scratch, &check);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        stderr(&output).contains("1 known findings are not shown\ngouji: known.toml: stale: F03 "),
        "{}",
        stderr(&output)
    );
    let kept = write("2999-01-01", &["--baseline=known.toml"]);
    assert_eq!(kept.matches("[[known]]").count(), 1);
    assert!(kept.contains("9999-12-31") && kept.contains("道路养护"), "{kept}");

    // A new fault is shown, and so is an old one when its entry is expired.
    fs::write(scratch.0.join("docs/c.txt"), form("渠道养护", "100%")).unwrap();
    check_code(&scratch, &check, 1);
    fs::remove_file(scratch.0.join("docs/c.txt")).unwrap();
    fs::write(scratch.0.join("known.toml"), write("2020-01-01", &[])).unwrap();
    let output = run(&scratch, &check);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("gouji: known.toml: expired: F03 "), "{}", stderr(&output));
    fs::write(scratch.0.join("known.toml"), "[[known]]\ncode = 'F03'\n").unwrap();
    assert_eq!(run(&scratch, &check).status.code(), Some(2));
}

/// Two versions of a form, its target form, and its text in the form of another project.
fn related(name: &str) -> Scratch {
    let told = "已养护道路20公里，修补坑槽1430平方米，清理边沟37.6公里，更换标志牌52块，处置水毁路段6处，全年未发生因养护不到位造成的事故，群众出行条件明显改善。";
    let first = form("道路养护", "98.84%").replace("已养护道路20公里", told);
    let plan = "项目支出绩效目标表
(2022年度)
项目名称\t道路养护
主管部门\t某县交通局\t实施单位\t某县公路站
项目资金(万元)\t年度资金总额\t547.98
年度总体目标\t养护道路20公里
绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值
\t产出指标\t数量指标\t养护里程\t≥25公里
\t\t质量指标\t验收合格率\t≥95%
";
    Scratch::new(name)
        .with("b/first.txt", &first)
        .with("b/again.txt", &first)
        .with("a/later.txt", first.replace("3100人", "3900人"))
        .with("a/bridge.txt", form("桥梁维修加固", "98.84%").replace("已养护道路20公里", told))
        .with("plan.txt", plan)
}

#[test]
fn documents_are_compared_with_each_other() {
    let scratch = related("across");
    let output = run(&scratch, &["check", ".", "--select=X05,X01,X20", "--quiet"]);
    assert_eq!(output.status.code(), Some(0), "a suspicion fails no run");
    let text = stdout(&output);
    let from = text.find("between documents").unwrap();
    expect![[r#"
        between documents  3 findings

            suspicion, medium X20 text-repeated
              3 forms of different projects have one completion text, years apart: “桥梁维修加固” (2022), “道
              路养护” (2022)
              at         ./a/bridge.txt:1  form 1  桥梁维修加固
                         ./a/later.txt:1  form 1  道路养护
                         ./b/again.txt:1  form 1  道路养护

            suspicion, high X05 target-changed
              form 1 of ./a/later.txt: the target is ≥20公里, in the target form (form 1 of ./plan.txt) ≥25公
              里, and no adjustment is told
              at         ./a/later.txt:12  form 1  道路养护
                           indicator row 1 · target "≥20公里"
                         ./b/again.txt:12  form 1  道路养护
                           indicator row 1 · target "≥20公里"
                         ./plan.txt:8  form 1  道路养护
                           indicator row 1 · target "≥25公里"

            suspicion, medium X01 renderings-differ
              one form of one project and year differs in 1 figure between form 1 of ./a/later.txt and form 1
              of ./b/again.txt: actual of row 3 3900人 and 3100人; one of them may be a correction
              at         ./a/later.txt:14  form 1  道路养护
                           indicator row 3 · actual "3900人"
                         ./b/again.txt:14  form 1  道路养护
                           indicator row 3 · actual "3100人"
    "#]]
    .assert_eq(&text[from..]);
    let output = run(&scratch, &["check", "b", "plan.txt", "--select=X05", "--format", "jsonl"]);
    let lines: Vec<&str> = stdout(&output).lines().filter(|it| it.contains("\"across\"")).collect();
    expect![[r#"{"kind":"across","code":"X05","members":[{"path":"b/again.txt","ordinal":1,"project":"道路养护","at":["/indicators/0/target"],"stated":["≥20公里"]},{"path":"plan.txt","ordinal":1,"project":"道路养护","at":["/indicators/0/target"],"stated":["≥25公里"]}],"class":"suspicion","confidence":"high","severity":"high","message_zh":"b/again.txt 第 1 表的指标值 ≥20公里，绩效目标表（plan.txt 第 1 表）为 ≥25公里，且未说明调整","message_en":"form 1 of b/again.txt: the target is ≥20公里, in the target form (form 1 of plan.txt) ≥25公里, and no adjustment is told","fingerprint":"3b5c718cb5b9c7e5"}"#]].assert_eq(&lines.join("\n"));
    let output = run(&scratch, &["check", "a", "b", "--select=X01", "--format", "csv"]);
    expect![[r#"
        document,ordinal,project,profile,verdict,code,class,confidence,severity,root,at,page,line,column,inputs,stated,recomputed,admissible,equation,message_zh,message_en,agrees_if,fingerprint
        a/later.txt,1,道路养护,,,X01,suspicion,medium,medium,,/indicators/2/actual,,14,,,3900人,,,,同一项目同一年度的表在 a/later.txt 第 1 表 与 b/again.txt 第 1 表 中有 1 格数字不同：第 3 行实际完成值 3900人 与 3100人；其中之一可能是更正,one form of one project and year differs in 1 figure between form 1 of a/later.txt and form 1 of b/again.txt: actual of row 3 3900人 and 3100人; one of them may be a correction,,780c5102d9126c80
        b/again.txt,1,道路养护,,,X01,suspicion,medium,medium,,/indicators/2/actual,,14,,,3100人,,,,同一项目同一年度的表在 a/later.txt 第 1 表 与 b/again.txt 第 1 表 中有 1 格数字不同：第 3 行实际完成值 3900人 与 3100人；其中之一可能是更正,one form of one project and year differs in 1 figure between form 1 of a/later.txt and form 1 of b/again.txt: actual of row 3 3900人 and 3100人; one of them may be a correction,,780c5102d9126c80
    "#]].assert_eq(stdout(&output));
}

#[test]
fn what_documents_show_together_does_not_depend_on_order_or_threads() {
    let scratch = related("across-order");
    let across = |args: &[&str]| {
        let output = run(&scratch, &[&["check", "--format", "json"], args].concat());
        let object: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        object["across"].clone()
    };
    let expected = across(&["a", "b", "plan.txt", "--jobs", "1"]);
    assert_eq!(expected.as_array().unwrap().len(), 3);
    assert_eq!(across(&["plan.txt", "b", "a", "--jobs", "4"]), expected);
    assert_eq!(across(&["b/first.txt", "a/later.txt", "plan.txt", "a/bridge.txt", "b/again.txt"]), expected);
    // One document shows nothing, and what is ignored is not looked for.
    assert_eq!(across(&["b"]), serde_json::json!([]));
    assert_eq!(across(&["a", "b", "plan.txt", "--ignore", "X"]), serde_json::json!([]));
    assert_eq!(across(&["a", "b", "plan.txt", "--select", "F"]), serde_json::json!([]));
    let extracted = run(&scratch, &["extract", ".", "--format", "json"]);
    assert!(!stdout(&extracted).contains("across"));
}

#[test]
fn a_baseline_knows_what_documents_show_together() {
    let scratch = related("across-baseline");
    let who = ["--who", "Li", "--why", "known", "--until", "2999-12-31"];
    let written = run(&scratch, &[&["baseline", "a", "b", "plan.txt", "--select", "X"], &who[..]].concat());
    assert_eq!(stdout(&written).matches("[[known]]").count(), 3);
    fs::write(scratch.0.join("known.toml"), stdout(&written)).unwrap();
    let args = ["check", "a", "b", "plan.txt", "--select", "X", "--format", "json", "--baseline", "known.toml"];
    let output = run(&scratch, &args);
    let object: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(object["across"], serde_json::json!([]));
    assert_eq!(stderr(&output), "gouji: known.toml: 3 known findings are not shown\n");
}
