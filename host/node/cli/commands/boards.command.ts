import { command } from '../command.js'
import { BOARD_FILE_OPTION, JSON_OPTION, LOOK_OPTIONS } from '../options.js'

export const BOARDS_COMMAND = command({
  name: 'boards',
  operands: '[NAME]',
  minimum: 0,
  maximum: 1,
  takes: ['board'],
  summary: 'list the boards in the catalogue, or show one with its wiring',
  options: {
    wiring: {
      value: 'FILE',
      file: 'output or -',
      takes: { files: ['.svg'] },
      help: "draw the board's wiring as a picture (.svg; - is standard output)",
    },
    ...LOOK_OPTIONS,
    json: JSON_OPTION,
    'board-file': BOARD_FILE_OPTION,
  },
})
