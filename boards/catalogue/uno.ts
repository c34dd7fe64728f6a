/** Arduino Uno R3 with an ENC28J60 module on the SPI pins, chip select on 8 as most shields have it. */
import type { BoardDefinition } from './definition.js'

export const uno: BoardDefinition = {
  name: 'uno',
  title: 'Arduino Uno R3 with ENC28J60 module',
  controller: {
    part: 'ATmega328P',
    clock: 16_000_000,
    flash: 32_768,
    ram: 2_048,
    level: 5,
    brownOut: 2.7,
    startUpMilliseconds: 65,
  },
  chip: {
    revision: 'B7',
    spiClock: 8_000_000,
    highestSpiClock: 8_000_000,
    floatingMiso: 'high',
    pins: { cs: 8, sck: 13, mosi: 11, miso: 12, int: 2, reset: 9 },
    // Arduino's pinout of the board: at most 50 mA from +3V3. The LP2985 behind it is rated for 150: less than the chip takes, too.
    supply: 50,
    feed: '5V',
  },
  serial: { baud: 1_000_000, highestBaud: 2_000_000, bridge: 'ATmega16U2 USB bridge (2341:0043)', window: 4 },
  flash: { method: 'stk500v1', baud: 115_200, bootLoader: 512 },
  network: {
    memory: 1536,
    address: '192.168.7.2/24',
    gateway: '192.168.7.1',
    station: '02:00:00:c0:a8:02',
  },
  modes: ['model', 'avr', 'serial'],
}
