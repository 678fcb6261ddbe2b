//! Words that checks look for in prose: what says that a thing was not done, and why.

/// Without white space and with half-width characters.
pub(crate) fn squeezed(text: &str) -> String {
    gouji_quantity::fold(text).chars().filter(|it| !it.is_whitespace()).collect()
}

/// The texts differ in white space and width of characters at most.
pub(crate) fn is_same(left: &str, right: &str) -> bool {
    signs(left).eq(signs(right))
}

fn signs(text: &str) -> impl Iterator<Item = char> {
    /// A full-width sign stands so far above its half-width one.
    const WIDTH: u32 = 0xFEE0;
    text.chars().filter(|it| !it.is_whitespace()).map(|it| match it {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(it as u32 - WIDTH).unwrap_or(it),
        _ => it,
    })
}

/// The text says that something was not done, or gives a cause.
pub(crate) fn has_shortfall(text: &str) -> bool {
    /// Each is itself a statement that something was not reached or why, whatever stands around it.
    const WORDS: [&str; 33] = [
        "未完成",
        "未达",
        "未能",
        "未实施",
        "未开展",
        "未支出",
        "未支付",
        "未使用",
        "未执行",
        "未拨付",
        "未购置",
        "未采购",
        "未验收",
        "尚未",
        "暂未",
        "并未",
        "没有完成",
        "次年",
        "结转下年",
        "不再",
        "取消",
        "推迟",
        "延期",
        "延后",
        "暂缓",
        "受限",
        "因疫情",
        "受疫情",
        "由于",
        "原因",
        "将于",
        "正在推进",
        "未付",
    ];
    WORDS.iter().any(|word| text.contains(word))
}

/// A cell of a row says that its task was not, or not yet, done, or why.
pub(crate) fn has_row_shortfall(text: &str) -> bool {
    has_shortfall(text)
        || text.starts_with('未')
        || text.starts_with('因')
        || text.contains("进行中")
        || text.contains("正在")
}
