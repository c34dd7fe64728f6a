/**
 * Characters that no output of ours may hold, written by hand: controls (ISO 6429) other than line feed and tab, directions
 * (UAX 9), what hides, separators, half surrogates, tags, and what is no character. Not taken from what makes text printable.
 */
export const UNPRINTABLE =
  /(?![\n\t])[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\u{e0020}-\u{e007f}]/u
