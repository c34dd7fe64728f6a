/** Connectors, a cable and an octet on V.35: figures for docs/article.md. */
import { SERIAL_CABLES } from '../../boards/rs232/cables.js'
import { DC37, DE9 } from '../../boards/rs232/connectors.js'
import { FRAMING_8N1 } from '../../boards/rs232/framing.js'
import { LINE_STANDARDS } from '../../boards/rs232/standards.js'
import { serialSheet } from '../../host/physical/cable-sheet.js'
import { cableSvg } from '../../host/physical/cable-svg.js'
import { connectorSvg, rj45Svg } from '../../host/physical/connector-svg.js'
import { octetDrawing } from '../../host/physical/line-octet.js'
import { scopePictureSvg } from '../../host/scope/svg.js'

const v35 = LINE_STANDARDS['v.35']

export const PHYSICAL_FIGURES: Readonly<Record<string, () => string>> = {
  'figures/dc37.svg': () => connectorSvg(DC37),
  'figures/rj45.svg': rj45Svg,
  'figures/null-modem.svg': () =>
    cableSvg(serialSheet(SERIAL_CABLES.find(({ name }) => name === 'null-modem')!, [DE9, DE9]).picture()),
  'figures/v35.svg': () =>
    scopePictureSvg(
      octetDrawing({ driver: v35, receiver: v35, octets: [0x41], baud: 9600, framing: FRAMING_8N1, metres: 2 }).picture,
    ),
}
