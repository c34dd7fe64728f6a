/** An SVG picture as PNG, with letters of a font that comes with us: the same picture on every machine. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { UsageError } from '../../errors/errors.js'

const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf']
/** Pixels of the picture for one of the drawing: sharp on a beamer. */
const SCALE = 1.5

/** @throws UsageError on a platform for which the renderer has no binary. */
export async function svgToPng(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js').catch((error: Error) => {
    throw new UsageError(
      `a .png needs the package @resvg/resvg-js, which does not load here (${error.message.split('\n')[0]}); give --out a name that ends in .svg`,
      { cause: error },
    )
  })
  const folder = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')
  const picture = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: SCALE },
    font: {
      loadSystemFonts: false,
      fontFiles: FONTS.map((name) => join(folder, name)),
      defaultFontFamily: 'DejaVu Sans',
    },
  })
  return picture.render().asPng()
}
