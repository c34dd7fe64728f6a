import { command } from '../command.js'
import { JSON_OPTION } from '../options.js'

export const PORTS_COMMAND = command({
  name: 'ports',
  operands: '',
  minimum: 0,
  maximum: 0,
  summary: 'list the serial ports of this machine',
  options: { json: JSON_OPTION },
})
