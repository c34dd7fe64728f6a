/** How wide the characters of a TrueType font are, read from the font's own tables (OpenType 1.9: head, hhea, hmtx, cmap format 4). */

/**
 * @param face of a collection (`ttcf`), from 0 on
 * @returns advances in thousandths of the font size, by character; undefined: the font has no such character
 */
export function fontAdvances(font: Buffer, face = 0): (character: string) => number | undefined {
  const tables = new Map<string, number>()
  const start = font.toString('latin1', 0, 4) === 'ttcf' ? font.readUInt32BE(12 + 4 * face) : 0
  for (let i = 0; i < font.readUInt16BE(start + 4); i++) {
    const record = start + 12 + 16 * i
    tables.set(font.toString('latin1', record, record + 4), font.readUInt32BE(record + 8))
  }
  const at = (name: string): number => {
    const found = tables.get(name)
    if (found === undefined) throw new Error(`the font has no table ${name}`)
    return found
  }
  const unitsPerEm = font.readUInt16BE(at('head') + 18)
  const metrics = font.readUInt16BE(at('hhea') + 34)
  const glyphOf = characterMap(font, at('cmap'))
  return (character) => {
    const glyph = glyphOf(character.codePointAt(0) ?? 0)
    if (glyph === 0) return undefined
    return (font.readUInt16BE(at('hmtx') + 4 * Math.min(glyph, metrics - 1)) / unitsPerEm) * 1000
  }
}

/** The glyph of a character of the basic plane; 0: none. */
function characterMap(font: Buffer, cmap: number): (code: number) => number {
  const subtables = Array.from(
    { length: font.readUInt16BE(cmap + 2) },
    (_, i) => cmap + font.readUInt32BE(cmap + 8 + 8 * i),
  )
  const map = subtables.find((start) => font.readUInt16BE(start) === 4)
  if (map === undefined) throw new Error('the font has no character map of format 4')
  const doubled = font.readUInt16BE(map + 6)
  const ends = map + 14
  const starts = ends + doubled + 2
  const deltas = starts + doubled
  const offsets = deltas + doubled
  return (code) => {
    for (let i = 0; i < doubled; i += 2) {
      if (code > font.readUInt16BE(ends + i)) continue
      if (code < font.readUInt16BE(starts + i)) return 0
      const offset = font.readUInt16BE(offsets + i)
      const delta = font.readUInt16BE(deltas + i)
      if (offset === 0) return (code + delta) & 0xffff
      const glyph = font.readUInt16BE(offsets + i + offset + 2 * (code - font.readUInt16BE(starts + i)))
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff
    }
    return 0
  }
}
