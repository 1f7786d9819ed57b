import type { PluralText } from './catalogue';
import type { MessageText } from './messages';

/** French. Its plural has a category of its own for whole millions, `many`, after which a noun takes `de`. Blanks before `:` and units do not break. */
export const FRENCH: Readonly<Record<MessageText, string | PluralText>> = {
  'Invalid input.': 'Saisie non valide.',
  'This field is required.': 'Ce champ est obligatoire.',
  'This field may not be null.': 'Ce champ ne peut pas être nul.',
  'This field cannot be edited.': 'Ce champ n’est pas modifiable.',
  'This field is disabled and cannot have a value.': 'Ce champ est désactivé et ne peut pas avoir de valeur.',
  'This field contains characters that cannot be saved.':
    'Ce champ contient des caractères qui ne peuvent pas être enregistrés.',
  'This field must be left empty.': 'Ce champ doit rester vide.',
  'Not a valid object value.': 'Objet non valide.',
  'Not a valid list value.': 'Liste non valide.',
  'Field must have at least {min} entries.': {
    by: 'min',
    one: 'Il faut au moins {min} élément.',
    many: 'Il faut au moins {min} d’éléments.',
    other: 'Il faut au moins {min} éléments.',
  },
  'Field cannot have more than {max} entries.': {
    by: 'max',
    one: 'Il peut y avoir au plus {max} élément.',
    many: 'Il peut y avoir au plus {max} d’éléments.',
    other: 'Il peut y avoir au plus {max} éléments.',
  },
  'There is a problem': 'Il y a un problème',
  Add: 'Ajouter',
  Remove: 'Supprimer',
  '{property} must be an object.': '{property} doit être un objet.',

  'Not a valid text value.': 'Ce n’est pas un texte valide.',
  'Not a valid boolean value.': 'Ce n’est pas une valeur booléenne valide.',
  'Not a valid integer value.': 'Ce n’est pas un nombre entier valide.',
  'Not a valid decimal value.': 'Ce n’est pas un nombre décimal valide.',
  'Not a valid float value.': 'Ce n’est pas un nombre à virgule flottante valide.',
  'Not a valid color value.': 'Ce n’est pas une couleur valide.',
  'Not a valid date value.': 'Ce n’est pas une date valide.',
  'Not a valid month value.': 'Ce n’est pas un mois valide.',
  'Not a valid week value.': 'Ce n’est pas une semaine valide.',
  'Not a valid time value.': 'Ce n’est pas une heure valide.',
  'Not a valid datetime value.': 'Ce ne sont pas une date et une heure valides.',

  'Not a valid choice.': 'Ce n’est pas un choix valide.',
  'Invalid Choice: could not coerce.': 'Choix non valide : la valeur n’a pas pu être convertie.',
  'Invalid choice(s): one or more data inputs could not be coerced.':
    'Choix non valide : au moins une valeur n’a pas pu être convertie.',
  '{values} are not valid choices for this field.': {
    by: 'count',
    one: '{values} n’est pas un choix valide pour ce champ.',
    many: '{values} ne sont pas des choix valides pour ce champ.',
    other: '{values} ne sont pas des choix valides pour ce champ.',
  },
  'Invalid value, must be one of: {values}.': 'Valeur non valide, seules sont admises : {values}.',
  "Invalid value, can't be any of: {values}.": 'Valeur non valide, ne sont pas admises : {values}.',
  'Field must be equal to {name}.': 'Ce champ doit être identique à {name}.',

  'Field must be at least {min} characters long.': {
    by: 'min',
    one: 'Ce champ doit contenir au moins {min} caractère.',
    many: 'Ce champ doit contenir au moins {min} de caractères.',
    other: 'Ce champ doit contenir au moins {min} caractères.',
  },
  'Field cannot be longer than {max} characters.': {
    by: 'max',
    one: 'Ce champ ne peut pas contenir plus de {max} caractère.',
    many: 'Ce champ ne peut pas contenir plus de {max} de caractères.',
    other: 'Ce champ ne peut pas contenir plus de {max} caractères.',
  },
  'Field must be exactly {max} characters long.': {
    by: 'max',
    one: 'Ce champ doit contenir exactement {max} caractère.',
    many: 'Ce champ doit contenir exactement {max} de caractères.',
    other: 'Ce champ doit contenir exactement {max} caractères.',
  },
  'Field must be between {min} and {max} characters long.': {
    by: 'max',
    one: 'Ce champ doit contenir entre {min} et {max} caractère.',
    many: 'Ce champ doit contenir entre {min} et {max} de caractères.',
    other: 'Ce champ doit contenir entre {min} et {max} caractères.',
  },
  'This must be a text of at most {max} characters.': {
    by: 'max',
    one: 'Un texte de {max} caractère au plus est attendu ici.',
    many: 'Un texte de {max} de caractères au plus est attendu ici.',
    other: 'Un texte de {max} caractères au plus est attendu ici.',
  },
  'Shorten this by {excess} characters.': {
    by: 'excess',
    one: 'Veuillez supprimer {excess} caractère.',
    many: 'Veuillez supprimer {excess} de caractères.',
    other: 'Veuillez supprimer {excess} caractères.',
  },

  'Not a valid number.': 'Ce n’est pas un nombre valide.',
  'Number must be at least {min}.': 'Le nombre doit être supérieur ou égal à {min}.',
  'Number must be at most {max}.': 'Le nombre doit être inférieur ou égal à {max}.',
  'Number must be between {min} and {max}.': 'Le nombre doit être compris entre {min} et {max}.',
  'Not a valid date.': 'Ce n’est pas une date valide.',
  'Date must be at least {min}.': 'La date ne peut pas être antérieure au {min}.',
  'Date must be at most {max}.': 'La date ne peut pas être postérieure au {max}.',
  'Date must be between {min} and {max}.': 'La date doit être comprise entre le {min} et le {max}.',

  'Invalid IP address.': 'Adresse IP non valide.',
  'Invalid Mac address.': 'Adresse MAC non valide.',
  'Invalid URL.': 'URL non valide.',
  'Invalid UUID.': 'UUID non valide.',
  'Invalid email address.': 'Adresse électronique non valide.',
  'An email address must have an @-sign.': 'Une adresse électronique doit contenir le signe @.',
  'There must be something before the @-sign.': 'Il manque quelque chose avant le signe @.',
  'There must be something after the @-sign.': 'Il manque quelque chose après le signe @.',
  'An email address cannot start with a period.':
    'Une adresse électronique ne peut pas commencer par un point.',
  'An email address cannot have a period immediately before the @-sign.':
    'Il ne peut pas y avoir de point juste avant le signe @.',
  'An email address cannot have a period immediately after the @-sign.':
    'Il ne peut pas y avoir de point juste après le signe @.',
  'An email address cannot have a hyphen immediately after the @-sign.':
    'Il ne peut pas y avoir de trait d’union juste après le signe @.',
  'An email address cannot have two periods in a row.':
    'Une adresse électronique ne peut pas contenir deux points de suite.',
  'The email address contains invalid characters before the @-sign: {characters}.':
    'L’adresse électronique contient des caractères non valides avant le signe @ : {characters}.',
  "The part after the @-sign contains invalid characters: '@'.":
    "La partie après le signe @ contient un caractère non valide : '@'.",
  'The part after the @-sign is not valid. It should have a period.':
    'La partie après le signe @ n’est pas valide : il y manque un point.',
  'The part after the @-sign is not valid. It is not within a valid top-level domain.':
    'La partie après le signe @ n’est pas valide : elle ne se termine pas par un domaine de premier niveau valide.',
  'The part after the @-sign is a special-use or reserved name that cannot be used with email.':
    'La partie après le signe @ est un nom réservé, qui ne peut pas recevoir de courrier.',

  'Not a valid file.': 'Ce n’est pas un fichier valide.',
  'Only one file can be sent here.': 'Un seul fichier peut être envoyé ici.',
  'Only files of these types are allowed: {types}.': 'Seuls les fichiers de ces types sont admis : {types}.',
  'A file must have at least {min}.': 'Un fichier doit faire au moins {min}.',
  'A file cannot have more than {max}.': 'Un fichier ne peut pas faire plus de {max}.',
  'A file must have between {min} and {max}.': 'Un fichier doit faire entre {min} et {max}.',
  'This file has no name.': 'Ce fichier n’a pas de nom.',
  'This field takes no file.': 'Ce champ n’accepte pas de fichier.',
  'This file is too large: at most {size} are allowed.':
    'Ce fichier est trop volumineux : la taille maximale est de {size}.',
  'At most {files} files can be sent at once.': {
    by: 'files',
    one: 'Au plus {files} fichier peut être envoyé à la fois.',
    many: 'Au plus {files} de fichiers peuvent être envoyés à la fois.',
    other: 'Au plus {files} fichiers peuvent être envoyés à la fois.',
  },

  '{count} bytes': {
    by: 'count',
    one: '{count} octet',
    many: '{count} d’octets',
    other: '{count} octets',
  },
  '{count} kB': '{count} ko',
  '{count} MB': '{count} Mo',
  '{count} GB': '{count} Go',
  '{count} TB': '{count} To',
  '{count} parts': {
    by: 'count',
    one: '{count} partie',
    many: '{count} de parties',
    other: '{count} parties',
  },
  '{count} fields': {
    by: 'count',
    one: '{count} champ',
    many: '{count} de champs',
    other: '{count} champs',
  },
  'This is too much to send at once: at most {allowed} are allowed.':
    'C’est trop pour un seul envoi : le maximum est de {allowed}.',
  'This is too much to send at once: it has {size} kB, and {allowed} kB are allowed.':
    'C’est trop pour un seul envoi : il fait {size} ko, et le maximum est de {allowed} ko.',
  'The upload did not arrive completely. Please send it again.':
    'L’envoi n’est pas arrivé en entier. Veuillez le renouveler.',
  'The upload does not say where its parts end.': 'L’envoi n’indique pas où finissent ses parties.',
  'The upload has text in an unknown charset.':
    'L’envoi contient du texte dans un jeu de caractères inconnu.',
  'This form has expired. Please send it again.': 'Ce formulaire a expiré. Veuillez l’envoyer de nouveau.',
};
