/**
 * Arduino Pro Mini 3.3 V with an ENC28J60 module: 8 MHz, so SPI runs at 4 MHz, which silicon B1 and B4 do not tolerate
 * (DS80349C, erratum 1).
 */
import type { BoardDefinition } from './definition.js'

export const promini: BoardDefinition = {
  name: 'promini',
  title: 'Arduino Pro Mini 3.3 V with ENC28J60 module',
  controller: {
    part: 'ATmega328P',
    clock: 8_000_000,
    flash: 32_768,
    ram: 2_048,
    level: 3.3,
    brownOut: 2.7,
    startUpMilliseconds: 65,
  },
  chip: {
    revision: 'B7',
    spiClock: 4_000_000,
    highestSpiClock: 4_000_000,
    floatingMiso: 'high',
    pins: { cs: 10, sck: 13, mosi: 11, miso: 12, int: 2 },
    supply: 150,
  },
  serial: { baud: 500_000, highestBaud: 1_000_000, bridge: 'external USB serial adapter, 3.3 V', window: 4 },
  flash: { method: 'stk500v1', baud: 57_600, bootLoader: 2_048 },
  network: {
    memory: 1536,
    address: '192.168.7.2/24',
    gateway: '192.168.7.1',
    station: '02:00:00:c0:a8:05',
  },
  modes: ['model', 'avr', 'serial'],
}
