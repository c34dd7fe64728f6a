/** `make screenshots`: photographs each station of the workshop for docs/workshop.md, in both languages, at the instant that every visit sees. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { STATION_NAMES } from '../../host/workshop/station-names.js'
import { launchChromium } from '../browser/chromium.js'
import { visitShown } from '../browser/workshop/shown.js'
import { LANGUAGES } from '../browser/workshop/visit.js'
import { writeWhole } from '../support/write-whole.js'
import { indexedPng } from './indexed-png.js'

const folder = join(import.meta.dirname, '../../docs/figures/workshop')
/** Wide enough for stage and settings side by side; high enough for the lanes. */
const SIZE = { width: 1120, height: 800 }

mkdirSync(folder, { recursive: true })
const browser = await launchChromium()
const pencil = await browser.newPage()

/** The pixels of a PNG, read by the browser that wrote it. */
async function pixelsOf(png: Buffer): Promise<Uint8Array> {
  const pixels = await pencil.evaluate(`(async () => {
    const picture = await createImageBitmap(await (await fetch('data:image/png;base64,${png.toString('base64')}')).blob())
    const paper = new OffscreenCanvas(picture.width, picture.height).getContext('2d')
    paper.drawImage(picture, 0, 0)
    const { data } = paper.getImageData(0, 0, picture.width, picture.height)
    let text = ''
    for (let i = 0; i < data.length; i += 8192) text += String.fromCharCode(...data.subarray(i, i + 8192))
    return btoa(text)
  })()`)
  return Buffer.from(pixels as string, 'base64')
}

for (const station of STATION_NAMES)
  for (const language of LANGUAGES) {
    const visit = await visitShown(browser, station, language)
    await visit.page.setViewportSize(SIZE)
    // Everything has found its place when two frames have been drawn.
    await visit.page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
    const path = join(folder, `${station}.${language}.png`)
    const pixels = await pixelsOf(await visit.page.screenshot({ animations: 'disabled' }))
    writeWhole('generated', path, indexedPng(pixels, SIZE.width, SIZE.height))
    console.log(`wrote ${path}`)
    await visit.close()
  }
await browser.close()
