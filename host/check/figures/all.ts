/** Every figure there is, and with them the ids of the checks. */
import { CHIP_FIGURES } from './chip.js'
import { MAC_FIGURES } from './mac.js'
import { NETWORK_FIGURES } from './network.js'
import { PHY_FIGURES } from './phy.js'
import { SERIAL_FIGURES } from './serial.js'
import { SPI_FIGURES } from './spi.js'

export const FIGURES = {
  ...SERIAL_FIGURES,
  ...SPI_FIGURES,
  ...CHIP_FIGURES,
  ...PHY_FIGURES,
  ...MAC_FIGURES,
  ...NETWORK_FIGURES,
}

export type Figures = typeof FIGURES
export type CheckId = keyof Figures
