/**
 * How much room words take in a picture. A reader's system chooses the font; DejaVu Sans is the widest of those that come into question, so
 * what fits in it fits. Its advances are the font's own (`test/figures/text-width.test.ts` reads them from it).
 */
import { isWide } from '../text/columns.js'
import { breakable } from '../text/word-wrap.js'

export type Weight = 'regular' | 'bold'

/** Space to tilde, in thousandths of the font size. */
const ADVANCES: Readonly<Record<Weight, readonly number[]>> = {
  regular: numbers(`
    318 401 460 838 637 951 780 275 391 391 500 838 318 361 318 337 637 637 637 637 637 637 637 637 637 637 337 337 838 838 838 531
    1000 685 687 699 771 632 576 775 752 295 295 656 558 863 749 788 604 788 695 635 611 732 685 989 686 611 686 391 337 391 838 500
    500 613 635 550 635 616 353 635 634 278 278 580 278 975 634 612 635 635 412 521 393 634 592 818 592 592 525 637 337 637 838`),
  // Where a system has no font of even widths it puts this one in: none of its letters, but i, j, l and their like, is narrower than theirs.
  bold: numbers(`
    349 457 521 838 696 1002 873 307 458 458 523 838 380 416 380 366 696 696 696 696 696 696 696 696 696 696 400 400 838 838 838 581
    1000 774 763 734 831 684 684 821 837 373 373 775 638 996 837 851 733 851 771 721 683 813 774 1104 771 725 726 458 366 458 838 500
    500 675 716 593 716 679 436 716 712 343 343 666 343 1042 712 688 716 716 494 596 479 712 652 924 646 652 583 712 366 712 838`),
}
/** Of East Asia: as wide as the font is high. */
const EAST_ASIAN = 1_000
/** Of the characters beside those: letters of Europe are narrower, the widest Cyrillic ones apart. */
const OTHER = 1_340
/** A picture character: wider than high in the fonts that have them. */
const PICTURE = 1_400
const NO_BREAK_SPACE = '\u00a0'
const ELLIPSIS = '…'
/** Smaller than this share of its size no text is made to fit. */
const SMALLEST = 0.7

/** @returns the width in units of the font size, at most */
export function textWidth(text: string, weight: Weight): number {
  let sum = 0
  for (const character of text) {
    const code = character === NO_BREAK_SPACE ? 0x20 : (character.codePointAt(0) ?? 0)
    sum += isWide(character) ? EAST_ASIAN : (ADVANCES[weight][code - 0x20] ?? (code > 0xffff ? PICTURE : OTHER))
  }
  return sum / 1_000
}

/** Of a font whose characters are all as wide, or of the bold one that stands in for it. */
export function evenTextWidth(text: string): number {
  return Math.max(0.603 * [...text].length, textWidth(text, 'bold'))
}

export interface FittedText {
  readonly text: string
  readonly size: number
}

/**
 * Text that fits into `width`: smaller where it must be, and cut at its end where that is not enough.
 * @param measure the width in units of the font size
 */
export function fitted(text: string, width: number, size: number, measure: (text: string) => number): FittedText {
  const natural = measure(text)
  if (natural * size <= width) return { text, size }
  const smaller = Math.max(size * SMALLEST, Math.floor((width / natural) * 10) / 10)
  if (natural * smaller <= width) return { text, size: smaller }
  const characters = [...text]
  while (characters.length > 1 && measure(characters.join('') + ELLIPSIS) * smaller > width) characters.pop()
  return { text: characters.join('').trimEnd() + ELLIPSIS, size: smaller }
}

/** Breaks text at spaces, and beside wide characters, into lines that fit into `width`; a word that is wider is broken too. */
export function fittedLines(text: string, width: number, size: number, weight: Weight): string[] {
  const fits = (line: string): boolean => textWidth(line, weight) * size <= width
  const lines: string[] = []
  let line = ''
  for (const { piece: word, begins } of breakable(text)) {
    const further = begins ? `${line} ${word}` : line + word
    if (line !== '' && fits(further)) {
      line = further
      continue
    }
    if (line !== '') lines.push(line)
    line = ''
    for (const character of word) {
      if (line !== '' && !fits(line + character)) {
        lines.push(line)
        line = ''
      }
      line += character
    }
  }
  if (line !== '') lines.push(line)
  return lines
}

function numbers(text: string): readonly number[] {
  return text.trim().split(/\s+/).map(Number)
}
