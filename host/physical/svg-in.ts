/** A drawing in another language: its words are said anew where they stand. */
import { escapeMarkup } from '../../firmware/text/markup.js'

export interface DrawingLanguage {
  /** BCP 47: it chooses among the shapes that a character has in different countries. */
  readonly language: string
  /** Whose letters stand in the drawing, the first that a system has. */
  readonly fonts: string
  readonly tell: (text: string) => string
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'" }

function unescaped(markup: string): string {
  return markup.replace(/&([a-z]+|#39);/g, (entity, name: string) => ENTITIES[name] ?? entity)
}

/** @param svg as our drawings are: a text is one element, with nothing in it */
export function svgIn({ language, fonts, tell }: DrawingLanguage, svg: string): string {
  return svg
    .replace('<svg ', `<svg lang="${language}" `)
    .replace(/(<(?:text|title|desc)\b[^>]*>)([^<]*)(?=<)/g, (_, tag: string, words: string) => {
      return tag + escapeMarkup(tell(unescaped(words)))
    })
    .replace(/(font-family=")([^"]*)/g, `$1${fonts}, $2`)
    .replace(/(font-family:)(?=[^;}]*sans-serif)/g, `$1${fonts},`)
}
