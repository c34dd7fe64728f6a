import { command } from '../command.js'

export const INIT_COMMAND = command({
  name: 'init',
  operands: '[FOLDER]',
  minimum: 0,
  maximum: 1,
  takes: [{ files: [] }],
  summary: 'write a first test, a scenario and a CI file for your own firmware into a folder',
  options: {
    firmware: {
      value: 'PATH',
      takes: { files: ['.hex', '.elf'] },
      help: 'the firmware that they test, as the folder has it (default: build/sketch.hex)',
    },
  },
  notes: [
    'Writes into FOLDER (default: this one), which is made if need be: package.json, scenario.yaml, sketch.test.js,',
    '.gitignore and .github/workflows/firmware.yml. A file that is there stays as it is, and is named.',
    '',
    'Exit status: 0 done, 2 wrong usage or a folder that cannot be written.',
  ],
})
