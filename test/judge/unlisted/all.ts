/** Every breakage that is in no family, in an order in which any slice has some of each layer. */
import { CHIP_UNLISTED } from './chip.js'
import { MAC_UNLISTED } from './mac.js'
import { NETWORK_UNLISTED } from './network.js'
import { PHY_UNLISTED } from './phy.js'
import { SERIAL_UNLISTED } from './serial.js'
import { SPI_UNLISTED } from './spi.js'
import type { Unlisted } from './unlisted.js'

const LAYERS = [SERIAL_UNLISTED, SPI_UNLISTED, CHIP_UNLISTED, PHY_UNLISTED, MAC_UNLISTED, NETWORK_UNLISTED]
const LONGEST = Math.max(...LAYERS.map((layer) => layer.length))

export const BREAKAGES: readonly Unlisted[] = Array.from({ length: LONGEST }, (_, index) =>
  LAYERS.flatMap((layer) => layer[index] ?? []),
).flat()
