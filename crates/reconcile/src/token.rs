//! Tokens: the filled cells of a line, each with what it looks like.
//!
//! In: the blocks of a document. Out: one [`Line`] a grid row or text line, in reading order, with a [`Token`] for each
//! cell that holds something. All later stages look at tokens; the document stays as it was read.

use std::borrow::Cow;

use gouji_model::{Block, Cell, Document, GridKind, Place, Slot};

use crate::leftover;
use crate::lexicon::{Label, Lexicon};
use crate::text;

/// What a cell's text looks like, labels apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// A plain number, digits of which may be misread.
    Number,
    /// A mark for nothing: `—`, `--`, `/`.
    Dash,
    /// A number with a percent sign, with or without an operator.
    Percent,
    /// A number with a unit or an operator, a date, a range.
    Quantity,
    /// Up to [`Token::MAX_WORDS`] characters without a figure at their head.
    Words,
    /// Longer than that.
    Prose,
    /// Tells how points are given.
    Method,
}

/// A filled cell of a line.
#[derive(Clone, Debug)]
pub(crate) struct Token<'d> {
    /// The text as the reader left it.
    pub(crate) text: Cow<'d, str>,
    /// What the document held, where it differs.
    pub(crate) raw: Option<&'d str>,
    /// Where it was printed.
    pub(crate) place: &'d Place,
    /// Column in its grid, from 0; for a text without columns the index of the token.
    pub(crate) col: i32,
    /// The folded text without blanks, in simplified characters; of a long text only its beginning.
    pub(crate) key: String,
    /// What it looks like.
    pub(crate) kind: Kind,
    /// What the word means, if it is a label.
    pub(crate) labels: &'d [Label],
    /// Whether a character of the label had to be forgiven.
    pub(crate) damaged: bool,
    /// Digits of `(40分)` beside a label.
    pub(crate) points: Option<String>,
    /// Unit of `(万元)` beside a label.
    pub(crate) money_unit: Option<&'static str>,
    /// The value of a plain number, in millionths; of a misread one (`1O`) nobody knows it, though it looks like one.
    pub(crate) number: Option<i64>,
}

impl<'d> Token<'d> {
    /// A text of more characters than this is prose. Characters; the longest value words of the catalogue have 12.
    pub(crate) const MAX_WORDS: usize = 16;
    /// How much of a long text is folded into its key: enough for a label or the words of a method. Bytes.
    const KEY_BYTES: usize = 600;

    pub(crate) fn new(
        text: impl Into<Cow<'d, str>>,
        raw: Option<&'d str>,
        place: &'d Place,
        col: i32,
        lexicon: &'d Lexicon,
    ) -> Token<'d> {
        let text = text.into();
        let head = text.get(..floor_boundary(&text, Token::KEY_BYTES)).unwrap_or(&text);
        let mut key = text::key(head);
        // The page of a traditional mirror: its words are known in their simplified characters.
        if lexicon.is_traditional(&key) {
            key = lexicon.simplified(&key);
        }
        let n_chars = key.chars().take(100).count();
        let mut token = Token {
            text,
            raw,
            place,
            col,
            kind: Kind::Prose,
            labels: &[],
            damaged: false,
            points: None,
            money_unit: None,
            number: None,
            key: String::new(),
        };
        if n_chars <= Lexicon::MAX_LABEL + 10 {
            let label = text::label_text(&key);
            if let Some(hit) = lexicon.look_up(&label) {
                token.labels = hit.labels;
                token.damaged = hit.damaged;
            }
            token.points = label.points.map(str::to_owned);
            token.money_unit = label.money_unit.map(|it| match it {
                "元" => "元",
                "亿元" => "亿元",
                "千元" => "千元",
                _ => "万元",
            });
        }
        token.number = text::millionths(&key);
        token.kind = match text::misread_figure(&key) {
            Some(meant) => kind(&meant, n_chars, text::millionths(&meant), lexicon),
            None => kind(&key, n_chars, token.number, lexicon),
        };
        token.key = key;
        token
    }

    /// A text as a reader left it, without the markup of other formats that is left in it.
    fn read(text: &'d str, raw: Option<&'d str>, place: &'d Place, col: i32, lexicon: &'d Lexicon) -> Token<'d> {
        match leftover::plain(text) {
            Some(plain) => Token::new(plain, raw.or(Some(text)), place, col, lexicon),
            None => Token::new(text, raw, place, col, lexicon),
        }
    }

    /// Whether the cell looks like a plain number, misread digits or not.
    pub(crate) fn is_figure(&self) -> bool {
        self.kind == Kind::Number
    }

    /// Whether the word may mean this.
    pub(crate) fn is(&self, label: Label) -> bool {
        self.labels.contains(&label)
    }

    /// The first meaning that `pick` takes.
    pub(crate) fn find<T>(&self, pick: impl Fn(Label) -> Option<T>) -> Option<T> {
        self.labels.iter().find_map(|it| pick(*it))
    }

    /// The class of 一级指标 that the word names.
    pub(crate) fn l1(&self) -> Option<u8> {
        self.find(|it| if let Label::L1(class) = it { Some(class) } else { None })
    }

    /// The class of 二级指标 that the word names.
    pub(crate) fn l2(&self) -> Option<u8> {
        self.find(|it| if let Label::L2(class) = it { Some(class) } else { None })
    }

    /// The token as a value of a form.
    pub(crate) fn cell(&self) -> Cell {
        self.cell_with(text::value(&self.text))
    }

    /// The token as a box of prose.
    pub(crate) fn prose(&self) -> Cell {
        self.cell_with(text::prose(&self.text))
    }

    /// A part of this token's text as a token of its own.
    pub(crate) fn part(&self, text: &str, lexicon: &'d Lexicon) -> Token<'d> {
        let printed = match &self.text {
            Cow::Borrowed(text) => Some(*text),
            Cow::Owned(_) => None,
        };
        Token::new(text.to_owned(), self.raw.or(printed), self.place, self.col, lexicon)
    }

    /// A value at this token's place that is not the whole of its text.
    pub(crate) fn cell_with(&self, text: String) -> Cell {
        let raw = self.raw.unwrap_or(&self.text);
        Cell { raw: (raw != text).then(|| raw.to_owned()), text, place: self.place.clone() }
    }
}

fn floor_boundary(text: &str, mut idx: usize) -> usize {
    idx = idx.min(text.len());
    while !text.is_char_boundary(idx) {
        idx -= 1;
    }
    idx
}

/// Words that stand for an operator in front of a figure, the longer before what they begin with.
const WORD_OPERATORS: [&str; 14] = [
    "大于等于",
    "小于等于",
    "不低于",
    "不少于",
    "不小于",
    "不高于",
    "不超过",
    "不大于",
    "不多于",
    "至少",
    "大于",
    "小于",
    "高于",
    "低于",
];

fn kind(key: &str, n_chars: usize, number: Option<i64>, lexicon: &Lexicon) -> Kind {
    if number.is_some() {
        return Kind::Number;
    }
    if key.is_empty() || key.chars().all(|c| matches!(c, '-' | '—' | '/' | '_' | '*' | '―' | '…')) || key == "一"
    {
        return Kind::Dash;
    }
    let bare = WORD_OPERATORS.iter().find_map(|it| key.strip_prefix(it)).unwrap_or(key);
    let figure = bare.trim_start_matches(['≥', '≤', '>', '<', '=', '约', '≈', '$', '\\']);
    let starts_with_figure = figure.starts_with(|c: char| c.is_ascii_digit());
    if let Some(share) = figure.strip_suffix('%')
        && starts_with_figure
        && share.bytes().all(|c| c.is_ascii_digit() || c == b'.')
    {
        return Kind::Percent;
    }
    if n_chars > 8 && lexicon.is_method(key) {
        return Kind::Method;
    }
    // `2020年全区…` and `1.防返贫…` begin with a figure and are no quantity.
    let is_listed = text::list_number(key).is_some();
    // Amounts that are run together are long, and no text.
    let is_bare = || key.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'.' | b','));
    if (starts_with_figure && !is_listed && n_chars <= 2 * Token::MAX_WORDS)
        && (n_chars <= Token::MAX_WORDS || figure.len() < key.len() || is_bare())
    {
        return Kind::Quantity;
    }
    if n_chars <= Token::MAX_WORDS { Kind::Words } else { Kind::Prose }
}

/// Where a line came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A text line outside any grid.
    Text,
    /// A row of the grid of this index.
    Row {
        grid: usize,
        kind: GridKind,
        /// Whether the grid stood inside a cell of another.
        nested: bool,
    },
    /// A text line cut into words where it has blanks: the columns are counted in words.
    Words,
}

/// A line of a document.
#[derive(Clone, Debug)]
pub(crate) struct Line<'d> {
    pub(crate) tokens: Vec<Token<'d>>,
    pub(crate) origin: Origin,
    pub(crate) place: &'d Place,
    /// Whether an empty line stands before it.
    pub(crate) break_before: bool,
    /// What was done to it before it is read.
    pub(crate) mended: Mended,
}

/// What was done to a line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mended {
    /// The end of a page had cut it between two cells.
    pub(crate) was_cut: bool,
    /// The end of a label of which the beginning stands on the page before.
    pub(crate) cut_label: Option<String>,
    /// Its cells were drawn apart from each other, or apart from the rows that it stands among.
    pub(crate) was_gathered: bool,
    /// The mark of a site that was taken off.
    pub(crate) site_mark: Option<String>,
    /// Cells that printed the text of a span again.
    pub(crate) n_copies: usize,
    /// Heads that were broken over two lines were joined.
    pub(crate) joined_heads: bool,
    /// Heads that stood in one cell were parted.
    pub(crate) parted_heads: bool,
}

impl<'d> Line<'d> {
    /// Whether the columns of its tokens were printed.
    pub(crate) fn has_columns(&self) -> bool {
        matches!(self.origin, Origin::Row { .. })
    }

    /// The texts of all tokens, joined without blanks.
    pub(crate) fn joined_key(&self) -> Cow<'_, str> {
        match self.tokens.as_slice() {
            [only] => Cow::Borrowed(&only.key),
            tokens => tokens.iter().map(|it| it.key.as_str()).collect(),
        }
    }

    /// Bytes of the texts of all tokens.
    pub(crate) fn key_bytes(&self) -> usize {
        self.tokens.iter().map(|it| it.key.len()).sum()
    }

    /// Whether the text of any token holds this character.
    pub(crate) fn holds(&self, c: char) -> bool {
        self.tokens.iter().any(|it| it.key.contains(c))
    }

    /// How many tokens may mean something that `pick` takes.
    pub(crate) fn count(&self, pick: impl Fn(Label) -> bool) -> usize {
        self.tokens.iter().filter(|it| it.labels.iter().any(|label| pick(*label))).count()
    }

    /// Whether any token may mean something that `pick` takes.
    pub(crate) fn any(&self, pick: impl Fn(Label) -> bool) -> bool {
        self.tokens.iter().any(|it| it.labels.iter().any(|label| pick(*label)))
    }
}

/// The lines of a document in reading order, empty ones left out.
pub(crate) fn lines<'d>(document: &'d Document, lexicon: &'d Lexicon) -> Vec<Line<'d>> {
    let mut lines = Vec::new();
    for (block_idx, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Text(block) => {
                let token = Token::read(&block.text, block.raw.as_deref(), &block.place, 0, lexicon);
                if !token.key.is_empty() {
                    lines.push(Line {
                        tokens: vec![token],
                        origin: Origin::Text,
                        place: &block.place,
                        break_before: block.break_before,
                        mended: Mended::default(),
                    });
                }
            }
            Block::Grid(grid) if grid.is_hidden => {}
            Block::Grid(grid) => {
                let origin = Origin::Row { grid: block_idx, kind: grid.kind, nested: grid.nested_in.is_some() };
                for row in &grid.rows {
                    let n_cells = row.slots.iter().filter(|it| matches!(it, Slot::Cell(_))).count();
                    let mut tokens = Vec::with_capacity(n_cells);
                    for (slot, col) in row.slots.iter().zip(0i32..) {
                        let Slot::Cell(cell) = slot else { continue };
                        let token = Token::read(&cell.text, cell.raw.as_deref(), &cell.place, col, lexicon);
                        // Zero-width characters alone are nothing printed.
                        if token.key.is_empty() {
                            continue;
                        }
                        match fused_labels(&token, lexicon).or_else(|| label_and_amount(&token, lexicon)) {
                            Some((l1, l2)) => tokens.extend([l1, l2]),
                            None => tokens.push(token),
                        }
                    }
                    if !tokens.is_empty() {
                        let (place, break_before) = (&row.place, row.break_before);
                        lines.push(Line { tokens, origin, place, break_before, mended: Mended::default() });
                    }
                }
            }
        }
    }
    lines
}

/// A cell that holds a 一级指标 and, behind it, its 二级指标, as two cells in one column.
fn fused_labels<'d>(token: &Token<'d>, lexicon: &'d Lexicon) -> Option<(Token<'d>, Token<'d>)> {
    /// The shortest pair of labels that is told from a name: 产出指标数量指标. Characters.
    const SHORTEST: usize = 6;
    let n_chars = token.key.chars().count();
    if !token.labels.is_empty() || !(SHORTEST..=Lexicon::MAX_LABEL).contains(&n_chars) || !token.key.contains('指') {
        return None;
    }
    token.key.char_indices().skip(2).find_map(|(at, _)| {
        let (l1, l2) = token.key.split_at(at);
        let part = |text: &str, col: i32| {
            Token::new(text.to_owned(), Some(token.raw.unwrap_or("")), token.place, col, lexicon)
        };
        let is_class = |text: &str, pick: fn(Label) -> bool| {
            let labels = lexicon.look_up_exact(&text::label_text(text));
            labels.is_some_and(|it| it.iter().any(|it| pick(*it)))
        };
        let fits = is_class(l1, |it| matches!(it, Label::L1(_))) && is_class(l2, |it| matches!(it, Label::L2(_)));
        fits.then(|| (part(l1, token.col), part(l2, token.col)))
    })
}

/// A cell that holds the label of a funds line and, behind it, its amounts, as two cells in one column.
fn label_and_amount<'d>(token: &Token<'d>, lexicon: &'d Lexicon) -> Option<(Token<'d>, Token<'d>)> {
    if !token.labels.is_empty() {
        return None;
    }
    let at =
        token.text.find(|c: char| text::fold_char(c).is_some_and(|it| it.is_ascii_digit())).filter(|it| *it > 0)?;
    let (label, amounts) = token.text.split_at_checked(at)?;
    let key = text::key(label);
    let hit = lexicon.look_up(&text::label_text(&key)).filter(|it| !it.damaged)?;
    let is_line = |it: &Label| matches!(it, Label::FundsLine(_));
    // 合计 and 总额 head rows of other kinds, too.
    let is_only_line = hit.labels.iter().all(is_line);
    is_only_line.then(|| (token.part(label, lexicon), token.part(amounts, lexicon)))
}

/// A text line cut at its blanks.
pub(crate) fn words<'d>(line: &Line<'d>, lexicon: &'d Lexicon) -> Line<'d> {
    let mut tokens = Vec::new();
    for token in &line.tokens {
        for word in token.text.split_whitespace() {
            tokens.push(Token::new(word.to_owned(), None, token.place, tokens.len() as i32, lexicon));
        }
    }
    let (place, break_before) = (line.place, line.break_before);
    Line { tokens, origin: Origin::Words, place, break_before, mended: Mended::default() }
}
