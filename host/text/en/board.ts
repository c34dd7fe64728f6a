/** What `linkpulse boards NAME` says of a board. */
export const BOARD_WORDS = {
  'board-sheet.title': ({ name, title }: { readonly name: string; readonly title: string }) => `${name}: ${title}`,
  'board-sheet.controller': 'controller',
  'board-sheet.controller-is': ({
    part,
    clock,
    volts,
  }: {
    readonly part: string
    readonly clock: string
    readonly volts: number
  }) => `${part}, ${clock}, ${volts} V logic`,
  'board-sheet.memory': 'memory',
  'board-sheet.memory-is': ({ flash, ram }: { readonly flash: string; readonly ram: string }) =>
    `${flash} flash, ${ram} RAM`,
  'board-sheet.chip': 'Ethernet chip',
  'board-sheet.chip-is': ({ revision, clock }: { readonly revision: string; readonly clock: string }) =>
    `ENC28J60 ${revision}, SPI at ${clock}, 3.3 V`,
  'board-sheet.supply': 'supply',
  'board-sheet.supply-is': ({ supply, most }: { readonly supply: number; readonly most: number }) =>
    `${supply} mA at the board’s own 3.3 V pin; the chip takes up to ${most} mA`,
  'board-sheet.serial': 'serial',
  'board-sheet.serial-is': ({
    baud,
    lowest,
    highest,
    bridge,
  }: {
    readonly baud: number
    readonly lowest: number
    readonly highest: number
    readonly bridge: string
  }) => `${baud} baud (${lowest} to ${highest}), ${bridge}`,
  'board-sheet.flashing': 'flashing',
  'board-sheet.flashing-is': ({
    method,
    baud,
    name,
  }: {
    readonly method: string
    readonly baud: number
    readonly name: string
  }) => `${method} at ${baud} baud: linkpulse flash ${name} PORT`,
  'board-sheet.address': 'address',
  'board-sheet.address-is': ({ address, station }: { readonly address: string; readonly station: string }) =>
    `${address}, station ${station}`,
  'board-sheet.targets': 'targets',
  'board-sheet.serial-port': 'a serial port',
  'board-sheet.wiring': 'Wiring (--wiring FILE.svg draws it)',
  'board-sheet.wire': 'wire',
  'board-sheet.board': 'board',
  'board-sheet.chip-end': 'chip',
  'board-sheet.pin': ({ module, pin }: { readonly module: string; readonly pin: number }) => `${module} (pin ${pin})`,
  'board-sheet.buffer': 'buffer',
  'board-sheet.regulator': '3.3 V regulator',
  'board-sheet.own-supply': '3.3 V supply',
}
