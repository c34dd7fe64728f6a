import { describe, expect, it } from 'vitest'
import { UsageError } from '../errors/errors.js'
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
    ['rfc2217://localhost:2217', { backend: 'rfc2217', host: 'localhost', tcpPort: 2217, baud: undefined }],
    [
      'rfc2217://lab-pi.example:4000@115200',
      { backend: 'rfc2217', host: 'lab-pi.example', tcpPort: 4000, baud: 115_200 },
    ],
    ['rfc2217://[::1]:2217', { backend: 'rfc2217', host: '::1', tcpPort: 2217, baud: undefined }],
    [
      'serprog:/dev/ttyACM0',
      { backend: 'serprog', port: { backend: 'serial', path: '/dev/ttyACM0', baud: undefined } },
    ],
    ['serprog:COM7@2000000', { backend: 'serprog', port: { backend: 'serial', path: 'COM7', baud: 2_000_000 } }],
    [
      'serprog:serial:/dev/ttyUSB0@115200',
      { backend: 'serprog', port: { backend: 'serial', path: '/dev/ttyUSB0', baud: 115_200 } },
    ],
    [
      'serprog:rfc2217://10.0.0.9:2217',
      { backend: 'serprog', port: { backend: 'rfc2217', host: '10.0.0.9', tcpPort: 2217, baud: undefined } },
    ],
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

  it.each([
    ['rfc2217:foo', /does not name a port across a network; write rfc2217:\/\/HOST:PORT, for example/],
    ['rfc2217://', /names no host/],
    ['rfc2217://:2217', /names no host/],
    ['rfc2217://host', /names no port: .* for example rfc2217:\/\/host:2217/],
    ['rfc2217://[fe80::1]', /names no port: .* for example rfc2217:\/\/\[fe80::1\]:2217/],
    ['rfc2217://host:', /names no port/],
    ['rfc2217://host:0', /from 1 to 65535, not 0/],
    ['rfc2217://host:70000', /from 1 to 65535, not 70000/],
    ['rfc2217://host:2217@fast', /"fast" .* is not a rate/],
    ['rfc2217://host:2217/path', /does not name a port across a network/],
    ['serprog:', /names no port; give its path, for example serprog:\/dev\/ttyACM0/],
    ['serprog:/dev/ttyACM0@fast', /"fast" .* is not a rate/],
    ['serprog:rfc2217://host', /names no port/],
  ])('refuses "%s" as wrong usage, and says why', (name, message) => {
    expect(() => parseTarget(name)).toThrow(UsageError)
    expect(() => parseTarget(name)).toThrow(message)
  })

  it('lists every form of target for an unknown name', () => {
    for (const form of ['model:', 'avr:', 'serial:', 'rfc2217://', 'serprog:']) {
      expect(() => parseTarget('uno')).toThrow(form)
    }
  })
})
