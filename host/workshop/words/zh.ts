/** 简体中文：与英文相同的键，类型保证一个不少。 */
import type { WorkshopWords } from './told.js'
import { COMMON_ZH } from './zh/common.js'
import { FAULTS_ZH } from './zh/faults.js'
import { FRAME_ZH } from './zh/frame.js'
import { LAYERS_ZH } from './zh/layers.js'
import { RJ45_ZH } from './zh/rj45.js'
import { RS232_ZH } from './zh/rs232.js'

export const WORKSHOP_ZH: WorkshopWords = {
  ...COMMON_ZH,
  ...FAULTS_ZH,
  ...FRAME_ZH,
  ...LAYERS_ZH,
  ...RJ45_ZH,
  ...RS232_ZH,
}
