/** An SVG picture as PNG, with letters of a font that comes with us: the same picture on every machine. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf']
/** Pixels of the picture for one of the drawing: sharp on a beamer. */
const SCALE = 1.5

export async function svgToPng(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js')
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
