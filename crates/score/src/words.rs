//! Words that checks look for in prose: what says that a thing was not done, and why.

/// Without white space and with half-width characters.
pub(crate) fn squeezed(text: &str) -> String {
    let folded = gouji_quantity::fold(text);
    if !folded.bytes().any(may_begin_blank) {
        return folded.into_owned();
    }
    let mut acc = String::with_capacity(folded.len());
    folded.split(char::is_whitespace).for_each(|it| acc.push_str(it));
    acc
}

/// White space begins with one of these bytes; Han characters and most signs do not.
fn may_begin_blank(byte: u8) -> bool {
    byte <= b' ' || matches!(byte, 0xC2 | 0xE1..=0xE3)
}

/// Words that are looked for in a text, all at once.
pub(crate) struct WordSet {
    words: &'static [&'static str],
    /// A bit for the hash of each first character: most places of a text are passed by without looking at a word.
    firsts: [u64; 4],
}

impl WordSet {
    /// A set of words, each of which begins with a character of one or of three bytes.
    pub(crate) const fn new(words: &'static [&'static str]) -> WordSet {
        let mut firsts = [0; 4];
        let mut idx = 0;
        while idx < words.len() {
            let bytes = words[idx].as_bytes();
            let hash = if bytes[0] < 0x80 {
                bytes[0]
            } else {
                assert!(0xE0 <= bytes[0] && bytes[0] < 0xF0, "a first character of three bytes");
                WordSet::hash(bytes[1], bytes[2])
            };
            firsts[hash as usize / 64] |= 1 << (hash % 64);
            idx += 1;
        }
        WordSet { words, firsts }
    }

    /// The last bits of a character of three bytes: the two bytes that tell Han characters apart.
    const fn hash(second: u8, third: u8) -> u8 {
        (second << 6) ^ (second >> 2 & 0x0F) ^ (third & 0x3F)
    }

    /// Whether the text holds any of the words.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            let (hash, length) = match byte {
                0..=0x7F => (*byte, 1),
                0xE0..=0xEF => match (bytes.get(at + 1), bytes.get(at + 2)) {
                    (Some(second), Some(third)) => (WordSet::hash(*second, *third), 3),
                    _ => return false,
                },
                // No word begins with a character of two or four bytes, nor with the inner bytes of one.
                _ => {
                    at += 1;
                    continue;
                }
            };
            let is_first = self.firsts.get(usize::from(hash / 64)).is_some_and(|it| it >> (hash % 64) & 1 == 1);
            if is_first {
                let rest = bytes.get(at..).unwrap_or_default();
                if self.words.iter().any(|it| rest.starts_with(it.as_bytes())) {
                    return true;
                }
            }
            at += length;
        }
        false
    }
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
    static WORDS: WordSet = WordSet::new(&[
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
    ]);
    WORDS.is_in(text)
}

/// A cell of a row says that its task was not, or not yet, done, or why.
pub(crate) fn has_row_shortfall(text: &str) -> bool {
    has_shortfall(text)
        || text.starts_with('未')
        || text.starts_with('因')
        || text.contains("进行中")
        || text.contains("正在")
}

#[cfg(test)]
mod tests {
    use super::{WordSet, squeezed};

    #[test]
    fn white_space_goes() {
        for (text, expected) in [
            ("项目 名称", "项目名称"),
            ("项目　名\n称。", "项目名称。"),
            ("《项目》、“甲”", "《项目》、“甲”"),
            ("Ａ\u{2003}b\u{85}c", "Abc"),
            ("", ""),
        ] {
            assert_eq!(squeezed(text), expected);
        }
    }

    #[test]
    fn a_word_is_found_wherever_it_stands() {
        static WORDS: WordSet = WordSet::new(&["税", "每年", "GDP"]);
        for text in ["税", "增值税", "他每年", "按GDP", "é每年", "😀GDP"] {
            assert!(WORDS.is_in(text), "{text}");
        }
        for text in ["", "每", "年每", "gdp", "GD", "他每月"] {
            assert!(!WORDS.is_in(text), "{text}");
        }
    }

    #[test]
    fn what_a_set_finds_is_what_a_search_finds() {
        static WORDS: WordSet = WordSet::new(&["未完成", "不再", "延期", "因疫情"]);
        let pieces = ["未", "完成", "不", "再", "延", "期", "因", "疫情", "a", "，", "é"];
        for one in pieces {
            for two in pieces {
                for three in pieces {
                    let text = format!("{one}{two}{three}");
                    assert_eq!(WORDS.is_in(&text), WORDS.words.iter().any(|it| text.contains(it)), "{text}");
                }
            }
        }
    }
}
