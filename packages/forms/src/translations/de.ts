import type { PluralText } from './catalogue';
import type { MessageText } from './messages';

/** German. Most of what is counted here reads the same in the singular and in the plural. */
export const GERMAN: Readonly<Record<MessageText, string | PluralText>> = {
  'Invalid input.': 'Ungültige Eingabe.',
  'This field is required.': 'Dieses Feld muss ausgefüllt werden.',
  'This field may not be null.': 'Dieses Feld darf nicht null sein.',
  'This field cannot be edited.': 'Dieses Feld kann nicht geändert werden.',
  'This field is disabled and cannot have a value.':
    'Dieses Feld ist deaktiviert und kann keinen Wert haben.',
  'This field contains characters that cannot be saved.':
    'Dieses Feld enthält Zeichen, die nicht gespeichert werden können.',
  'This field must be left empty.': 'Dieses Feld muss leer bleiben.',
  'Not a valid object value.': 'Kein gültiges Objekt.',
  'Not a valid list value.': 'Keine gültige Liste.',
  'Field must have at least {min} entries.': {
    by: 'min',
    one: 'Es muss mindestens {min} Eintrag geben.',
    other: 'Es muss mindestens {min} Einträge geben.',
  },
  'Field cannot have more than {max} entries.': {
    by: 'max',
    one: 'Es darf höchstens {max} Eintrag geben.',
    other: 'Es darf höchstens {max} Einträge geben.',
  },
  'There is a problem': 'Es gibt ein Problem',
  Add: 'Hinzufügen',
  Remove: 'Entfernen',
  '{property} must be an object.': '{property} muss ein Objekt sein.',

  'Not a valid text value.': 'Kein gültiger Text.',
  'Not a valid boolean value.': 'Kein gültiger Wahrheitswert.',
  'Not a valid integer value.': 'Keine gültige ganze Zahl.',
  'Not a valid decimal value.': 'Keine gültige Dezimalzahl.',
  'Not a valid float value.': 'Keine gültige Gleitkommazahl.',
  'Not a valid color value.': 'Keine gültige Farbe.',
  'Not a valid date value.': 'Kein gültiges Datum.',
  'Not a valid month value.': 'Kein gültiger Monat.',
  'Not a valid week value.': 'Keine gültige Woche.',
  'Not a valid time value.': 'Keine gültige Uhrzeit.',
  'Not a valid datetime value.': 'Kein gültiges Datum mit Uhrzeit.',

  'Not a valid choice.': 'Keine gültige Auswahl.',
  'Invalid Choice: could not coerce.': 'Ungültige Auswahl: Der Wert lässt sich nicht umwandeln.',
  'Invalid choice(s): one or more data inputs could not be coerced.':
    'Ungültige Auswahl: Mindestens ein Wert lässt sich nicht umwandeln.',
  '{values} are not valid choices for this field.': {
    by: 'count',
    one: '{values} steht in diesem Feld nicht zur Auswahl.',
    other: '{values} stehen in diesem Feld nicht zur Auswahl.',
  },
  'Invalid value, must be one of: {values}.': 'Ungültiger Wert, erlaubt sind nur: {values}.',
  "Invalid value, can't be any of: {values}.": 'Ungültiger Wert, nicht erlaubt sind: {values}.',
  'Field must be equal to {name}.': 'Das Feld muss mit {name} übereinstimmen.',

  'Field must be at least {min} characters long.': {
    by: 'min',
    one: 'Das Feld muss mindestens {min} Zeichen lang sein.',
    other: 'Das Feld muss mindestens {min} Zeichen lang sein.',
  },
  'Field cannot be longer than {max} characters.': {
    by: 'max',
    one: 'Das Feld darf höchstens {max} Zeichen lang sein.',
    other: 'Das Feld darf höchstens {max} Zeichen lang sein.',
  },
  'Field must be exactly {max} characters long.': {
    by: 'max',
    one: 'Das Feld muss genau {max} Zeichen lang sein.',
    other: 'Das Feld muss genau {max} Zeichen lang sein.',
  },
  'Field must be between {min} and {max} characters long.':
    'Das Feld muss zwischen {min} und {max} Zeichen lang sein.',
  'This must be a text of at most {max} characters.':
    'Hier wird ein Text von höchstens {max} Zeichen erwartet.',
  'Shorten this by {excess} characters.': {
    by: 'excess',
    one: 'Bitte um {excess} Zeichen kürzen.',
    other: 'Bitte um {excess} Zeichen kürzen.',
  },

  'Not a valid number.': 'Keine gültige Zahl.',
  'Number must be at least {min}.': 'Die Zahl muss mindestens {min} sein.',
  'Number must be at most {max}.': 'Die Zahl darf höchstens {max} sein.',
  'Number must be between {min} and {max}.': 'Die Zahl muss zwischen {min} und {max} liegen.',
  'Not a valid date.': 'Kein gültiges Datum.',
  'Date must be at least {min}.': 'Das Datum darf nicht vor dem {min} liegen.',
  'Date must be at most {max}.': 'Das Datum darf nicht nach dem {max} liegen.',
  'Date must be between {min} and {max}.': 'Das Datum muss zwischen dem {min} und dem {max} liegen.',

  'Invalid IP address.': 'Ungültige IP-Adresse.',
  'Invalid Mac address.': 'Ungültige MAC-Adresse.',
  'Invalid URL.': 'Ungültige URL.',
  'Invalid UUID.': 'Ungültige UUID.',
  'Invalid email address.': 'Ungültige E-Mail-Adresse.',
  'An email address must have an @-sign.': 'Eine E-Mail-Adresse braucht ein @-Zeichen.',
  'There must be something before the @-sign.': 'Vor dem @-Zeichen muss etwas stehen.',
  'There must be something after the @-sign.': 'Nach dem @-Zeichen muss etwas stehen.',
  'An email address cannot start with a period.': 'Eine E-Mail-Adresse kann nicht mit einem Punkt beginnen.',
  'An email address cannot have a period immediately before the @-sign.':
    'Direkt vor dem @-Zeichen kann kein Punkt stehen.',
  'An email address cannot have a period immediately after the @-sign.':
    'Direkt nach dem @-Zeichen kann kein Punkt stehen.',
  'An email address cannot have a hyphen immediately after the @-sign.':
    'Direkt nach dem @-Zeichen kann kein Bindestrich stehen.',
  'An email address cannot have two periods in a row.':
    'In einer E-Mail-Adresse können keine zwei Punkte aufeinander folgen.',
  'The email address contains invalid characters before the @-sign: {characters}.':
    'Die E-Mail-Adresse enthält vor dem @-Zeichen ungültige Zeichen: {characters}.',
  "The part after the @-sign contains invalid characters: '@'.":
    "Der Teil nach dem @-Zeichen enthält ein ungültiges Zeichen: '@'.",
  'The part after the @-sign is not valid. It should have a period.':
    'Der Teil nach dem @-Zeichen ist ungültig: Es fehlt ein Punkt.',
  'The part after the @-sign is not valid. It is not within a valid top-level domain.':
    'Der Teil nach dem @-Zeichen ist ungültig: Seine Endung ist keine gültige Top-Level-Domain.',
  'The part after the @-sign is a special-use or reserved name that cannot be used with email.':
    'Der Teil nach dem @-Zeichen ist ein reservierter Name, unter dem keine E-Mails ankommen.',

  'Not a valid file.': 'Keine gültige Datei.',
  'Only one file can be sent here.': 'Hier kann nur eine Datei gesendet werden.',
  'Only files of these types are allowed: {types}.': 'Nur Dateien dieser Typen sind erlaubt: {types}.',
  'A file must have at least {min}.': 'Eine Datei muss mindestens {min} groß sein.',
  'A file cannot have more than {max}.': 'Eine Datei darf höchstens {max} groß sein.',
  'A file must have between {min} and {max}.': 'Eine Datei muss zwischen {min} und {max} groß sein.',
  'This file has no name.': 'Diese Datei hat keinen Namen.',
  'This field takes no file.': 'In dieses Feld gehört keine Datei.',
  'This file is too large: at most {size} are allowed.':
    'Diese Datei ist zu groß: Erlaubt sind höchstens {size}.',
  'At most {files} files can be sent at once.': {
    by: 'files',
    one: 'Es kann höchstens {files} Datei auf einmal gesendet werden.',
    other: 'Es können höchstens {files} Dateien auf einmal gesendet werden.',
  },

  '{count} bytes': { by: 'count', one: '{count} Byte', other: '{count} Byte' },
  '{count} kB': '{count} kB',
  '{count} MB': '{count} MB',
  '{count} GB': '{count} GB',
  '{count} TB': '{count} TB',
  '{count} parts': { by: 'count', one: '{count} Teil', other: '{count} Teile' },
  '{count} fields': { by: 'count', one: '{count} Feld', other: '{count} Felder' },
  'This is too much to send at once: at most {allowed} are allowed.':
    'Das ist zu viel auf einmal: Erlaubt sind höchstens {allowed}.',
  'This is too much to send at once: it has {size} kB, and {allowed} kB are allowed.':
    'Das ist zu viel auf einmal: Es sind {size} kB, und erlaubt sind {allowed} kB.',
  'The upload did not arrive completely. Please send it again.':
    'Die Daten sind nicht vollständig angekommen. Bitte noch einmal senden.',
  'The upload does not say where its parts end.':
    'Den gesendeten Daten ist nicht zu entnehmen, wo ihre Teile enden.',
  'The upload has text in an unknown charset.':
    'Die gesendeten Daten enthalten Text in einem unbekannten Zeichensatz.',
  'This form has expired. Please send it again.': 'Dieses Formular ist abgelaufen. Bitte noch einmal senden.',
};
