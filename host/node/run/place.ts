/** Where a program was when it broke a rule, as events and reports of `run` have it. */
import * as v from 'valibot'
import { MOST_LINES } from '../../../boards/avr/source/line-table.js'
import { listField, textField, wholeField } from '../../../boards/schema/fields.js'

export const PROGRAM_PLACES = listField(
  v.strictObject({
    address: wholeField('Of the instruction, in octets of flash', 0, 0x3ffff, 'octets'),
    function: v.exactOptional(textField('Its function, without parameters')),
    file: v.exactOptional(textField('Its source file: a path as the ELF file has it')),
    line: v.exactOptional(wholeField('Line of the source file', 1, MOST_LINES, 'lines')),
    handler: v.exactOptional(
      v.pipe(
        v.literal(true),
        v.title('It is an interrupt handler, and interrupted the place behind it'),
        v.description('true'),
      ),
    ),
  }),
)
