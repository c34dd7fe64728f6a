/**
 * Arduino Nano V3 with an ENC28J60 shield. Its 3.3 V comes from the USB bridge and gives 50 mA: the chip must have a supply of
 * its own, or it will reset by itself after minutes.
 */
import type { BoardDefinition } from './definition.js'

export const nano: BoardDefinition = {
  name: 'nano',
  title: 'Arduino Nano V3 with ENC28J60 shield',
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
    pins: { cs: 10, sck: 13, mosi: 11, miso: 12, int: 2 },
    supply: 50,
    feed: '5V',
  },
  serial: { baud: 1_000_000, highestBaud: 2_000_000, bridge: 'CH340 or FT232R USB bridge', window: 4 },
  flash: { method: 'stk500v1', baud: 57_600, bootLoader: 2_048 },
  network: {
    memory: 1536,
    address: '192.168.7.2/24',
    gateway: '192.168.7.1',
    station: '02:00:00:c0:a8:03',
  },
  modes: ['model', 'avr', 'serial'],
}
