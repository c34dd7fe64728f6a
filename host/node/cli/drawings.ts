/** Drawings in the process's language. */
import { type DrawingLanguage, svgIn } from '../../physical/svg-in.js'
import { LANGUAGE } from './language.js'

/** For fonts that come with systems; Noto Sans CJK is Debian's, and the one that a .png is drawn with (`scope/png.ts`). */
const CHINESE_FONTS = 'Noto Sans CJK SC, PingFang SC, Microsoft YaHei'

const DRAWING_LANGUAGE: DrawingLanguage | undefined =
  LANGUAGE === 'zh'
    ? {
        language: 'zh-Hans',
        fonts: CHINESE_FONTS,
        tell: (await import('../../text/zh/drawings.js')).drawingInChinese,
      }
    : undefined

/** Words of a drawing before it is laid out; what is the same in every language stays as it is. */
export function tellDrawn(text: string): string {
  return DRAWING_LANGUAGE?.tell(text) ?? text
}

export function drawnSvg(svg: string): string {
  return DRAWING_LANGUAGE === undefined ? svg : svgIn(DRAWING_LANGUAGE, svg)
}
