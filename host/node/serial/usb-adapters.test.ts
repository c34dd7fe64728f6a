import { describe, expect, it } from 'vitest'
import { BOARDS } from '../../../boards/catalogue/catalogue.js'
import { usbAdapter } from './usb-adapters.js'

describe('what is plugged in', () => {
  // linux/drivers/usb/serial/ch341.c, ftdi_sio_ids.h, cp210x.c, pl2303.h; arduino.cc boards.txt
  it.each([
    ['2341', '0043', /Uno R3/, 'uno'],
    ['2341', '0042', /Mega 2560/, 'mega2560'],
    ['1A86', '7523', /CH340/, 'uno'],
    ['0403', '6001', /FT232R/, 'nano'],
    ['10c4', 'EA60', /CP210x/, 'promini'],
    ['067b', '2303', /PL2303/, undefined],
    ['1546', '01a8', /GPS/, undefined],
  ])('is known by its USB identity %s:%s', (vendor, product, title, board) => {
    const found = usbAdapter(vendor, product)
    expect(found?.title).toMatch(title)
    expect(found?.boards[0]).toBe(board)
  })

  it('names boards that are in the catalogue, and is silent about what it does not know', () => {
    for (const id of ['0043', '0042'])
      for (const name of usbAdapter('2341', id)?.boards ?? []) expect(BOARDS.has(name)).toBe(true)
    for (const name of usbAdapter('1a86', '7523')?.boards ?? []) expect(BOARDS.has(name)).toBe(true)
    expect(usbAdapter('dead', 'beef')).toBeUndefined()
    expect(usbAdapter(undefined, undefined)).toBeUndefined()
  })
})
