import { command } from '../command.js'
import { JSON_OPTION } from '../options.js'

export const FAULTS_COMMAND = command({
  name: 'faults',
  operands: '',
  minimum: 0,
  maximum: 0,
  summary: 'list what can be broken, and what a person would see',
  options: { json: JSON_OPTION },
})
