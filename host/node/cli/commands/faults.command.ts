import { command } from '../command.js'
import { JSON_OPTION } from '../options.js'

export const FAULTS_COMMAND = command({
  name: 'faults',
  operands: '[NAME]',
  takes: ['fault'],
  minimum: 0,
  maximum: 1,
  summary: 'list what can be broken, and what a person would see',
  notes: [
    'With NAME that one alone, in full: `--fault NAME` breaks it as it is by default,',
    '`--fault NAME:VALUE` says how much (the first parameter), `--fault NAME:KEY=VALUE,KEY=VALUE` names each.',
    'Units may have prefixes (50us, 320mV, 250kHz).',
  ],
  options: { json: JSON_OPTION },
})
