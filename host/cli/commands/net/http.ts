import { UsageError } from '../../../serial/errors.js'
import type { Arguments } from '../../arguments.js'

export async function netHttp(_given: Arguments): Promise<number> {
  throw new UsageError('this version does not do that yet')
}
