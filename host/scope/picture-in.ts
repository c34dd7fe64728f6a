/** A scope's picture in another language, before it is drawn: what a mark has room for depends on its words. */
import type { ScopePicture } from './svg.js'
import type { Mark, MarkRow } from './trace.js'

export function scopePictureIn(tell: (text: string) => string, picture: ScopePicture): ScopePicture {
  const mark = ({ text, short, ...rest }: Mark): Mark => ({
    ...rest,
    text: tell(text),
    ...(short === undefined ? {} : { short: short.map(tell) }),
  })
  const row = ({ name, marks, coarse, legend, ...rest }: MarkRow): MarkRow => ({
    ...rest,
    name: tell(name),
    marks: marks.map(mark),
    ...(coarse === undefined ? {} : { coarse: coarse.map(mark) }),
    ...(legend === undefined
      ? {}
      : { legend: Object.fromEntries(Object.entries(legend).map((each) => each.map(tell) as [string, string])) }),
  })
  return {
    ...picture,
    panels: picture.panels.map(({ rows, levels, ...panel }) => ({
      ...panel,
      ...(levels === undefined ? {} : { levels: levels.map((level) => ({ ...level, text: tell(level.text) })) }),
      rows: rows.map(row),
    })),
  }
}
