/** Arduino Mega 2560 R3 with an ENC28J60 module on its SPI pins, 50 to 53. */
import type { BoardDefinition } from './definition.js'

export const mega2560: BoardDefinition = {
  name: 'mega2560',
  title: 'Arduino Mega 2560 R3 with ENC28J60 module',
  controller: {
    part: 'ATmega2560',
    clock: 16_000_000,
    flash: 262_144,
    ram: 8_192,
    level: 5,
    brownOut: 2.7,
    startUpMilliseconds: 65,
  },
  chip: {
    revision: 'B7',
    spiClock: 8_000_000,
    highestSpiClock: 8_000_000,
    floatingMiso: 'high',
    pins: { cs: 53, sck: 52, mosi: 51, miso: 50, int: 2 },
    // Arduino's pinout of the board: at most 50 mA from +3V3. The LP2985 behind it is rated for 150: less than the chip takes, too.
    supply: 50,
    feed: '5V',
  },
  serial: { baud: 1_000_000, highestBaud: 2_000_000, bridge: 'ATmega16U2 USB bridge (2341:0042)', window: 16 },
  flash: { method: 'stk500v2', baud: 115_200, bootLoader: 8_192 },
  network: {
    memory: 6144,
    address: '192.168.7.2/24',
    gateway: '192.168.7.1',
    station: '02:00:00:c0:a8:04',
  },
  modes: ['model', 'avr', 'serial'],
}
