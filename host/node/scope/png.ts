/** An SVG picture as PNG, with letters of a font that comes with us: the same picture on every machine. Chinese ones are the system's. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UsageError } from '../../errors/errors.js'
import { isWide } from '../../text/columns.js'
import { missing, packageFile } from '../optional-package.js'

const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf']
/** Pixels of the picture for one of the drawing: sharp on a beamer. */
const SCALE = 1.5

/** Where systems have Noto Sans CJK, or what comes with them: regular and bold, in a file or two. */
const CHINESE_FONTS: readonly (readonly string[])[] = [
  ...[
    '/usr/share/fonts/opentype/noto', // Debian: fonts-noto-cjk
    '/usr/share/fonts/noto-cjk', // Arch
    '/usr/share/fonts/google-noto-cjk', // Fedora
    '/usr/share/fonts/google-noto-sans-cjk-fonts',
  ].map((folder) => [join(folder, 'NotoSansCJK-Regular.ttc'), join(folder, 'NotoSansCJK-Bold.ttc')]),
  ['/System/Library/Fonts/PingFang.ttc'],
  ['/System/Library/Fonts/STHeiti Medium.ttc'],
  ['C:\\Windows\\Fonts\\msyh.ttc', 'C:\\Windows\\Fonts\\msyhbd.ttc'],
]

/** @param instead what does without. @throws UsageError where this machine has none */
export function chineseFonts(instead: string): readonly string[] {
  const found = CHINESE_FONTS.find(([regular]) => existsSync(regular))
  if (found === undefined) {
    throw new UsageError(
      `Chinese words in a .png need a font that has them, and none is installed: on Debian apt-get install fonts-noto-cjk, or ${instead}, or --lang en`,
    )
  }
  return found.filter((file) => existsSync(file))
}

/**
 * @param option that names the file: another ending of it does without
 * @throws UsageError where the renderer or a font is not installed, or on a platform for which the renderer has no binary.
 */
export async function svgToPng(svg: string, option: string): Promise<Uint8Array> {
  const instead = `give --${option} a name that ends in .svg`
  const { Resvg } = await import('@resvg/resvg-js').catch((error: unknown) => {
    throw missing('@resvg/resvg-js', error, instead)
  })
  const folder = join(dirname(packageFile('dejavu-fonts-ttf', 'package.json', instead)), 'ttf')
  const picture = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: SCALE },
    font: {
      loadSystemFonts: false,
      fontFiles: [...FONTS.map((name) => join(folder, name)), ...(isWide(svg) ? chineseFonts(instead) : [])],
      defaultFontFamily: 'DejaVu Sans',
    },
  })
  return picture.render().asPng()
}
