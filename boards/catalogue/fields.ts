/** What a board file and the options of a lab's boards ask for alike: limits and names stand here once. */
import { REVISION_ID, type SiliconRevision } from '../../firmware/enc28j60/registers.js'
import { oneOfField, wholeField } from '../schema/fields.js'

export const REVISION = oneOfField('Silicon revision of the ENC28J60', Object.keys(REVISION_ID) as SiliconRevision[])

/** SCK in hertz (DS39662 table 16-6). */
export const spiClockField = (title: string) =>
  wholeField(title, 10_000, 20_000_000, 'hertz; the ENC28J60 takes 20 MHz at most')

/** What the buffers of a stack may take, in octets. @param least less is of no use there */
export const stackMemoryField = (title: string, least: number) => wholeField(title, least, 1 << 30, 'octets')
