/** Options that several commands have. */
import { THEME_NAMES } from '../../drawing/look.js'
import { REPORT_ENDINGS } from '../../report/endings.js'
import type { OptionHelp } from './command.js'

export const FAULT_OPTION: OptionHelp = {
  value: 'NAME[:VALUE|:KEY=VALUE,...]',
  multiple: true,
  takes: 'fault',
  help: 'break something first, as cable-noise:0.32V; `linkpulse faults` names what can be broken',
}
export const SEED_OPTION: OptionHelp = { value: 'N', help: 'the same seed gives the same run (default 1)' }
export const CAPTURE_OPTION: OptionHelp = {
  value: 'FILE',
  file: 'output',
  takes: { files: ['.pcapng'] },
  help: 'write the frames on the cable as pcapng, for Wireshark',
}
export const TRACE_OPTION: OptionHelp = {
  value: 'FILE',
  file: 'output',
  takes: { files: ['.vcd'] },
  help: "write the chip's pins and the serial line as a VCD waveform, for PulseView or GTKWave",
}
export const TRACE_VOLTS_OPTION: OptionHelp = {
  help: 'add voltages to the trace: of the serial line, and of the pairs at 200 MS/s (large)',
}
export const SPI_LOG_OPTION: OptionHelp = {
  value: 'FILE',
  file: 'output',
  takes: { files: ['.txt', '.log'] },
  help: "write what crosses the chip's SPI as text, a line an instruction, with the names of registers and bits",
}
export const REPORT_OPTION = {
  value: 'FILE',
  file: 'output',
  multiple: true,
  takes: { files: REPORT_ENDINGS },
  help: 'write a report as well; its name ends in .json, .xml (JUnit), .html, .tap, .ctrf.json, .md, .ocp.jsonl',
} as const satisfies OptionHelp
export const IMAGE_OPTION: OptionHelp = {
  value: 'FILE',
  file: 'input',
  takes: { files: ['.hex', '.elf'] },
  help: 'firmware of an avr: board (default: the bridge firmware)',
}
export const BOARD_FILE_OPTION: OptionHelp = {
  value: 'FILE',
  file: 'input',
  takes: { files: ['.json'] },
  help: 'add a board described in a JSON file to the catalogue',
}
export const JSON_OPTION: OptionHelp = { help: 'print JSON instead, which names its schema' }
/** Symbols a second of the serial link; where another default holds, the command says so. */
export const BAUD_OPTION: OptionHelp = {
  value: 'RATE',
  takes: ['9600', '19200', '38400', '57600', '115200', '250000', '500000', '1000000', '2000000'],
  help: 'symbols a second on the serial line',
}
/** How drawings look: for every command that writes some. */
export const LOOK_OPTIONS = {
  theme: {
    value: 'NAME',
    takes: THEME_NAMES,
    help: 'of the picture: paper (default), or projector: large type, thick lines, strong contrast',
  },
  aspect: {
    value: 'W:H',
    takes: ['16:9', '4:3'],
    help: 'the form of the sheet, as 16:9 for a slide (default: as what is drawn has it)',
  },
} as const satisfies Readonly<Record<string, OptionHelp>>
