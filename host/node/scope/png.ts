/** An SVG picture as PNG, with letters of a font that comes with us: the same picture on every machine. */
import { dirname, join } from 'node:path'
import { missing, packageFile } from '../optional-package.js'

const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf']
/** Pixels of the picture for one of the drawing: sharp on a beamer. */
const SCALE = 1.5

const INSTEAD = 'give --out a name that ends in .svg'

/** @throws UsageError where the renderer is not installed, or on a platform for which the renderer has no binary. */
export async function svgToPng(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js').catch((error: unknown) => {
    throw missing('@resvg/resvg-js', error, INSTEAD)
  })
  const folder = join(dirname(packageFile('dejavu-fonts-ttf', 'package.json', INSTEAD)), 'ttf')
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
