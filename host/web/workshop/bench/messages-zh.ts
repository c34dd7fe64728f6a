/** 网页上可能出现的英文错误信息，用中文再说一遍。 */
import { type Phrase, phrasebook } from '../../../text/phrases.js'
import { IMAGE_MESSAGES } from '../../../text/zh/image-messages.js'

const PORT_MESSAGES: readonly Phrase[] = [
  [
    'the browser could not open the serial port ({1}); close it in other tabs and programs, plug the board in anew, then try again',
    '浏览器打不开串口（{1}）；请在其他标签页和程序里关闭它，重新插上板子，再试一次',
  ],
  [
    'the serial port was lost while it was in use ({1}); check the cable and the supply of the board, then run the check again',
    '串口在使用中失去了（{1}）；请检查线缆和板子的供电，再检查一次',
  ],
]

const tell = phrasebook([...IMAGE_MESSAGES, ...PORT_MESSAGES], { or: ' 或 ' })

export function inChinese(message: string): string {
  return tell(message) ?? message
}
