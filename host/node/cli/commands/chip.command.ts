import { command } from '../command.js'
import { BAUD_OPTION, BOARD_FILE_OPTION, FAULT_OPTION, IMAGE_OPTION, SEED_OPTION } from '../options.js'

export const CHIP_COMMAND = command({
  name: 'chip',
  operands: 'TARGET [WORD...]',
  minimum: 1,
  maximum: Number.POSITIVE_INFINITY,
  takes: [
    'target',
    [
      'read',
      'write',
      'set',
      'clear',
      'phy',
      'mem',
      'init',
      'send',
      'receive',
      'link',
      'int',
      'reset',
      'dump',
      'raw',
      'help',
    ],
  ],
  summary: "drive a board's chip by hand: registers, buffer memory, frames",
  options: {
    script: {
      value: 'FILE',
      file: 'input',
      help: 'run the commands of a file, a line or a semicolon after each; # begins a remark',
    },
    json: { help: 'print each answer as a line of JSON instead' },
    fault: FAULT_OPTION,
    seed: SEED_OPTION,
    baud: BAUD_OPTION,
    image: IMAGE_OPTION,
    'board-file': BOARD_FILE_OPTION,
  },
  notes: [
    'With words it runs them and ends; several commands go into one word: linkpulse chip model:uno',
    "'init; link; read ESTAT'. Without, it reads commands: from a terminal with a prompt (Tab completes names),",
    'else from standard input as a script. `linkpulse chip model:uno help` lists the commands.',
    '',
    'The board lends its chip for the time and gets it back at the end. Use of a simulated chip that its data sheet',
    'forbids is reported below the command that did it.',
    '',
    'Exit status: 0 done, 1 the chip did not do what was asked, 2 wrong usage: an unknown command, register or bit.',
  ],
})
