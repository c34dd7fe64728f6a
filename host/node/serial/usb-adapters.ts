/** USB identities of boards and serial adapters that are met often: what is plugged in, and which of our boards it may be. */

export interface UsbAdapter {
  /** Four hexadecimal digits each, in lower case, as udev writes them. */
  readonly vendor: string
  /** Left out for all products of a vendor. */
  readonly product?: string
  /** Who made what has this identity. */
  readonly maker: string
  /** What it is. */
  readonly title: string
  /** Of our boards, the likeliest first; none where it can be no bridge board. */
  readonly boards: readonly string[]
}

/** Vendor's lists of products: arduino.cc boards.txt, linux/drivers/usb/serial, usb-ids.org. */
const USB_ADAPTERS: readonly UsbAdapter[] = [
  { vendor: '2341', product: '0043', maker: 'Arduino', title: 'Arduino Uno R3 (ATmega16U2)', boards: ['uno'] },
  { vendor: '2341', product: '0001', maker: 'Arduino', title: 'Arduino Uno (ATmega8U2)', boards: ['uno'] },
  { vendor: '2341', product: '0243', maker: 'Arduino', title: 'Arduino Uno (Genuino)', boards: ['uno'] },
  { vendor: '2a03', product: '0043', maker: 'Arduino Srl', title: 'Arduino Uno R3 (ATmega16U2)', boards: ['uno'] },
  {
    vendor: '2341',
    product: '0042',
    maker: 'Arduino',
    title: 'Arduino Mega 2560 R3 (ATmega16U2)',
    boards: ['mega2560'],
  },
  { vendor: '2341', product: '0010', maker: 'Arduino', title: 'Arduino Mega 2560 (ATmega8U2)', boards: ['mega2560'] },
  { vendor: '2341', product: '0242', maker: 'Arduino', title: 'Arduino Mega 2560 (Genuino)', boards: ['mega2560'] },
  { vendor: '2a03', product: '0042', maker: 'Arduino Srl', title: 'Arduino Mega 2560 R3', boards: ['mega2560'] },
  { vendor: '2341', product: '0036', maker: 'Arduino', title: 'Arduino Leonardo, in its boot loader', boards: [] },
  { vendor: '2341', product: '8036', maker: 'Arduino', title: 'Arduino Leonardo', boards: [] },
  { vendor: '2341', product: '0037', maker: 'Arduino', title: 'Arduino Micro, in its boot loader', boards: [] },
  { vendor: '2341', product: '8037', maker: 'Arduino', title: 'Arduino Micro', boards: [] },
  { vendor: '2341', product: '003d', maker: 'Arduino', title: 'Arduino Due, programming port', boards: [] },
  { vendor: '2341', product: '0058', maker: 'Arduino', title: 'Arduino Nano Every', boards: [] },
  {
    vendor: '1a86',
    product: '7523',
    maker: 'WCH',
    title: 'CH340: a clone of an Uno, Nano or Mega, or a bare adapter',
    boards: ['uno', 'nano', 'mega2560'],
  },
  {
    vendor: '1a86',
    product: '5523',
    maker: 'WCH',
    title: 'CH341: a clone of an Uno or Nano, or a bare adapter',
    boards: ['uno', 'nano'],
  },
  {
    vendor: '1a86',
    product: '7522',
    maker: 'WCH',
    title: 'CH340K: a clone, or a bare adapter',
    boards: ['nano', 'uno'],
  },
  { vendor: '1a86', product: '55d4', maker: 'WCH', title: 'CH9102: an ESP32 board, or a bare adapter', boards: [] },
  {
    vendor: '0403',
    product: '6001',
    maker: 'FTDI',
    title: 'FT232R: an Arduino Nano, or a bare adapter (Pro Mini)',
    boards: ['nano', 'promini'],
  },
  { vendor: '0403', product: '6015', maker: 'FTDI', title: 'FT230X: a bare adapter (Pro Mini)', boards: ['promini'] },
  { vendor: '0403', product: '6010', maker: 'FTDI', title: 'FT2232: two ports, often a JTAG probe', boards: [] },
  { vendor: '0403', product: '6011', maker: 'FTDI', title: 'FT4232: four ports', boards: [] },
  { vendor: '0403', product: '6014', maker: 'FTDI', title: 'FT232H', boards: [] },
  {
    vendor: '10c4',
    product: 'ea60',
    maker: 'Silicon Labs',
    title: 'CP210x: an ESP board, or a bare adapter (Pro Mini)',
    boards: ['promini'],
  },
  {
    vendor: '067b',
    product: '2303',
    maker: 'Prolific',
    title: 'PL2303: a bare adapter, often with RS-232 levels',
    boards: [],
  },
  { vendor: '067b', product: '23a3', maker: 'Prolific', title: 'PL2303GC: a bare adapter', boards: [] },
  { vendor: '04d8', product: '00dd', maker: 'Microchip', title: 'MCP2221: a bare adapter', boards: ['promini'] },
  {
    vendor: '0483',
    product: '5740',
    maker: 'STMicroelectronics',
    title: 'an STM32 that is a serial port itself',
    boards: [],
  },
  { vendor: '0483', product: '374b', maker: 'STMicroelectronics', title: 'ST-LINK/V2-1 of a Nucleo board', boards: [] },
  { vendor: '2e8a', product: '000a', maker: 'Raspberry Pi', title: 'Raspberry Pi Pico', boards: [] },
  { vendor: '2e8a', product: '000c', maker: 'Raspberry Pi', title: 'Raspberry Pi Debug Probe', boards: [] },
  { vendor: '303a', product: '1001', maker: 'Espressif', title: 'ESP32-S3 or C3 (USB JTAG and serial)', boards: [] },
  { vendor: '16c0', product: '0483', maker: 'PJRC', title: 'Teensy', boards: [] },
  { vendor: '1546', maker: 'u-blox', title: 'a GPS receiver', boards: [] },
  { vendor: '2c7c', maker: 'Quectel', title: 'a cellular modem', boards: [] },
  { vendor: '1e0e', maker: 'SIMCom', title: 'a cellular modem', boards: [] },
  { vendor: '239a', maker: 'Adafruit', title: 'an Adafruit board', boards: [] },
  { vendor: '1b4f', maker: 'SparkFun', title: 'a SparkFun board', boards: [] },
]

/** @param vendor and product as the operating system has them: four hexadecimal digits, in any case */
export function usbAdapter(vendor: string | undefined, product: string | undefined): UsbAdapter | undefined {
  const [v, p] = [vendor?.toLowerCase(), product?.toLowerCase()]
  const ofVendor = USB_ADAPTERS.filter((each) => each.vendor === v)
  return ofVendor.find((each) => each.product === p) ?? ofVendor.find((each) => each.product === undefined)
}
