import { describe, expect, it } from 'vitest'
import { UsageError } from './errors.js'
import { parseTarget } from './specification.js'

describe('the name of a target', () => {
  it.each([
    ['model:uno', { backend: 'model', board: 'uno' }],
    ['avr:uno', { backend: 'avr', board: 'uno' }],
    ['/dev/ttyACM0', { backend: 'serial', path: '/dev/ttyACM0', baud: undefined }],
    ['./port', { backend: 'serial', path: './port', baud: undefined }],
    ['COM3', { backend: 'serial', path: 'COM3', baud: undefined }],
    ['serial:COM12@9600', { backend: 'serial', path: 'COM12', baud: 9600 }],
    ['serial:/dev/ttyUSB0@115200', { backend: 'serial', path: '/dev/ttyUSB0', baud: 115_200 }],
    ['/dev/ttyUSB0@57600', { backend: 'serial', path: '/dev/ttyUSB0', baud: 57_600 }],
    ['/dev/serial/by-id/a@home/x', { backend: 'serial', path: '/dev/serial/by-id/a@home/x', baud: undefined }],
  ])('reads %s', (name, expected) => {
    expect(parseTarget(name)).toEqual(expected)
  })

  it.each(['uno', '', 'modle:uno', 'model:', 'avr:', 'serial:', 'serial:/dev/x@fast', 'serial:/dev/x@5'])(
    'refuses "%s" as wrong usage and says what would be right',
    (name) => {
      expect(() => parseTarget(name)).toThrow(UsageError)
      expect(() => parseTarget(name)).toThrow(/for example|from 300 to/)
    },
  )

  it.each(['serprog:/dev/x', 'rfc2217://host:2217'])(
    'says that this version does not open %s, and lists what it does',
    (name) => {
      expect(() => parseTarget(name)).toThrow(/this version does not open .* the targets are model:BOARD/)
    },
  )
})
