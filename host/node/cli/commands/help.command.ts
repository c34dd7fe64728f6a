import { command } from '../command.js'

export const HELP_COMMAND = command({
  name: 'help',
  operands: '[COMMAND]',
  minimum: 0,
  maximum: 2,
  takes: ['command'],
  summary: 'explain a command',
  options: {},
})
