//! What the readers of binary workbooks share: numbers and strings cut from bytes, packed numbers, error values.

use crate::digits::Number;

/// Bytes that are read from the front; everything is `None` past the end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bytes<'b>(pub(crate) &'b [u8]);

impl<'b> Bytes<'b> {
    pub(crate) fn take(&mut self, n: usize) -> Option<&'b [u8]> {
        let (head, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(head)
    }

    pub(crate) fn u8(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    pub(crate) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    pub(crate) fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    pub(crate) fn number(&mut self) -> Option<Number> {
        Number::from_f64(f64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }

    /// A number in four bytes (MS-XLS 2.5.217): a whole one, or the upper half of a binary one; a hundredth of it, maybe.
    pub(crate) fn rk(&mut self) -> Option<Number> {
        const HUNDREDTH: u32 = 1;
        const WHOLE: u32 = 2;
        let rk = self.u32()?;
        let number = if rk & WHOLE == 0 {
            Number::from_f64(f64::from_bits(u64::from(rk & !(HUNDREDTH | WHOLE)) << 32))?
        } else {
            Number::whole(i64::from(rk.cast_signed() >> 2))
        };
        Some(if rk & HUNDREDTH == 0 { number } else { number.shifted(-2) })
    }

    /// So many characters of UTF-16.
    pub(crate) fn wide(&mut self, n: usize) -> Option<String> {
        let bytes = self.take(n.checked_mul(2)?)?;
        let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|it| u16::from_le_bytes(*it)).collect();
        Some(String::from_utf16_lossy(&units))
    }

    /// UTF-16 behind the number of its characters (MS-XLSB 2.5.169).
    pub(crate) fn wide_string(&mut self) -> Option<String> {
        let n = self.u32()?;
        self.wide(usize::try_from(n).ok()?)
    }
}

/// What an error shows (MS-XLS 2.5.10).
pub(crate) fn error_value(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        _ => "#GETTING_DATA",
    }
}
