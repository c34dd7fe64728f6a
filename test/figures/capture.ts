/** Two saturated stations on a hub: how much of the medium they use, measured beside the analysis; seeded. */
import { SECOND } from '../../firmware/hal/clock.js'
import { CABLE, saturatedHub } from '../ethernet/saturated-hub.js'
import { metcalfeBoggs, twoStations } from '../ethernet/two-stations.js'

const SIZES = [64, 128, 256, 512, 1024, 1518]
const LINE = Array.from({ length: 47 }, (_, i) => Math.min(1518, Math.round(64 * 2 ** (i / 10))))
const DELAY = 8 + (2 * CABLE * 5) / 100

const WIDTH = 640
const HEIGHT = 400
const LEFT = 64
const BOTTOM = 340
const TOP = 24
const RIGHT = 616
const LOWEST = 0.4

export function captureFigure(): string {
  const x = (octets: number) => (LEFT + ((RIGHT - LEFT) * Math.log2(octets / 64)) / Math.log2(1518 / 64)).toFixed(1)
  const y = (share: number) => (BOTTOM - ((BOTTOM - TOP) * (share - LOWEST)) / (1 - LOWEST)).toFixed(1)
  const line = (value: (octets: number) => number, colour: string, dashes = '') =>
    `<polyline points="${LINE.map((octets) => `${x(octets)},${y(value(octets))}`).join(' ')}" fill="none" stroke="${colour}" stroke-width="2"${dashes}/>`
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    '<title>Efficiency of two saturated stations on a hub against frame size</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
  ]
  for (let percent = LOWEST * 100; percent <= 100; percent += 10) {
    const at = y(percent / 100)
    lines.push(
      `<line x1="${LEFT}" y1="${at}" x2="${RIGHT}" y2="${at}" stroke="#ddd"/>`,
      `<text x="${LEFT - 8}" y="${Number(at) + 4}" text-anchor="end">${percent} %</text>`,
    )
  }
  for (const octets of SIZES)
    lines.push(`<text x="${x(octets)}" y="${BOTTOM + 18}" text-anchor="middle">${octets}</text>`)
  lines.push(
    line((octets) => metcalfeBoggs(octets, 2, 512), '#777', ' stroke-dasharray="6 4"'),
    line((octets) => twoStations(octets, DELAY).efficiency, '#1a5fb4'),
  )
  for (const octets of SIZES) {
    const { efficiency } = saturatedHub(octets, 5 * SECOND, 7)
    lines.push(
      `<circle cx="${x(octets)}" cy="${y(efficiency)}" r="4" fill="none" stroke="#c01c28" stroke-width="1.5"/>`,
    )
  }
  lines.push(
    `<text x="${(LEFT + RIGHT) / 2}" y="${BOTTOM + 40}" text-anchor="middle">octets of a frame, destination address to FCS</text>`,
    `<text x="${RIGHT - 300}" y="${BOTTOM - 64}" fill="#1a5fb4">two stations with truncated binary back-off, exact</text>`,
    `<text x="${RIGHT - 300}" y="${BOTTOM - 46}" fill="#777">Metcalfe and Boggs 1976, Q = 2, T = 51.2 µs</text>`,
    `<text x="${RIGHT - 300}" y="${BOTTOM - 28}" fill="#c01c28">measured on the hub</text>`,
    '</svg>',
    '',
  )
  return lines.join('\n')
}
