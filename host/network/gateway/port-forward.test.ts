import { expect, it } from 'vitest'
import { formatForward, portForward } from './port-forward.js'

it.each([
  ['8080:80', 'tcp:127.0.0.1:8080:80'],
  ['tcp:8080:80', 'tcp:127.0.0.1:8080:80'],
  ['udp:5353:53', 'udp:127.0.0.1:5353:53'],
  ['127.0.0.1:8080:192.168.7.2:80', 'tcp:127.0.0.1:8080:192.168.7.2:80'],
  ['8080:192.168.7.2:80', 'tcp:127.0.0.1:8080:192.168.7.2:80'],
  ['0.0.0.0:8080:80', 'tcp:0.0.0.0:8080:80'],
  ['[::1]:8080:[fd00::2]:80', 'tcp:[::1]:8080:[fd00::2]:80'],
  ['0:80', 'tcp:127.0.0.1:0:80'],
])('"%s" is %s: loopback unless it is told', (text, said) => {
  expect(formatForward(portForward(text))).toBe(said)
  expect(formatForward(portForward(said))).toBe(said)
})

it.each([
  '',
  '80',
  ':80',
  '8080:',
  '8080::80',
  '8080:80:',
  '8080:0',
  '65536:80',
  '8080:65536',
  'localhost:8080:80',
  '127.0.0.1:8080',
  '1:2:3',
  'sctp:8080:80',
  '[::1:8080:80',
  'fd00::2:8080:80',
  '8080:192.168.7.2:80:1',
])('"%s" is none', (text) => expect(() => portForward(text)).toThrow(RangeError))
