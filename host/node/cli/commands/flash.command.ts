import { command } from '../command.js'
import { BAUD_OPTION, BOARD_FILE_OPTION, IMAGE_OPTION } from '../options.js'

export const FLASH_COMMAND = command({
  name: 'flash',
  operands: 'BOARD PORT',
  minimum: 2,
  maximum: 2,
  takes: ['board', 'flash port'],
  summary: 'write the bridge firmware, or another image, to a board',
  options: {
    image: {
      ...IMAGE_OPTION,
      help: 'an Intel HEX or ELF image; the bridge firmware of the board by default',
    },
    programmer: {
      value: 'NAME',
      takes: ['avrdude', 'own'],
      help: 'avrdude, or own (STK500, versions 1 and 2); avrdude where it is installed',
    },
    baud: { ...BAUD_OPTION, help: "symbols a second; the boot loader's by default" },
    'no-verify': { help: 'do not read back what was written' },
    'board-file': BOARD_FILE_OPTION,
  },
  notes: [
    'Opening the port resets an Arduino into its boot loader. Where it does not (a pseudo-terminal, a board',
    'without the capacitor on DTR), press RESET as the upload begins.',
    'PORT may be rfc2217://HOST:PORT as well; our own programmer then does it.',
  ],
})
