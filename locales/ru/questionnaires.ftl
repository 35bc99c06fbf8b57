kind-practice = Передовая практика
kind-action = Приоритетное мероприятие
questionnaire-title-practice = Вопросник о передовых практиках
questionnaire-title-action = Вопросник о приоритетных мероприятиях
questionnaire-lead = Все вопросы в том виде, в каком на них отвечают делегации. Страницу можно распечатать как пустой бланк.
questionnaire-version = Версия { $number }
questionnaire-limits-note = Объем исчисляется в знаках. Русский текст может быть на четверть длиннее английского.
questionnaire-contents = Разделы
question-required = Обязателен при представлении
question-optional = По желанию
question-required-row = Обязателен в каждой строке
question-required-given = Обязателен, если дан ответ на вопрос «{ $question }»
question-required-is = Обязателен, если ответ на вопрос «{ $question }»: { $choices }
question-private = Не публикуется
question-bilingual = Ответ дается на английском и русском языках
question-neutral = Один ответ для обоих языков
question-limit = Не более { $en } знаков на английском языке и { $ru } на русском
question-limit-one = { $max ->
    [one] Не более { $max } знака
    [few] Не более { $max } знаков
   *[other] Не более { $max } знаков
}
question-least-chars = { $min ->
    [one] Не менее { $min } знака
    [few] Не менее { $min } знаков
   *[other] Не менее { $min } знаков
}
question-most-choices = { $most ->
    [one] Не более { $most } варианта
    [few] Не более { $most } вариантов
   *[other] Не более { $most } вариантов
}
question-most-rows = { $most ->
    [one] Не более { $most } строки
    [few] Не более { $most } строк
   *[other] Не более { $most } строк
}
question-least-rows = { $least ->
    [one] Не менее { $least } строки
    [few] Не менее { $least } строк
   *[other] Не менее { $least } строк
}
question-between = От { $min } до { $max }
question-from = Не менее { $min }
question-up-to = Не более { $max }
question-choices = { $count ->
    [one] { $count } вариант ответа
    [few] { $count } варианта ответа
   *[other] { $count } вариантов ответа
}
question-columns = В каждой строке
question-kind-line = Одна строка текста
question-kind-text = Текст
question-kind-choice = Один вариант
question-kind-choices = Несколько вариантов
question-kind-number = Целое число
question-kind-year = Год
question-kind-half-year = Полугодие
question-kind-tick = Отметка
question-kind-email = Адрес электронной почты
question-kind-url = Адрес в Интернете
question-kind-reference = Условное обозначение другого материала
question-kind-rows = Строки

error-too-long = { $over ->
    [one] Текст длиннее допустимого на { $over } знак; возможно не более { $max }.
    [few] Текст длиннее допустимого на { $over } знака; возможно не более { $max }.
   *[other] Текст длиннее допустимого на { $over } знаков; возможно не более { $max }.
}
error-too-short = { $now ->
    [one] Текст слишком короткий: { $now } знак вместо как минимум { $min }.
    [few] Текст слишком короткий: { $now } знака вместо как минимум { $min }.
   *[other] Текст слишком короткий: { $now } знаков вместо как минимум { $min }.
}
error-unknown-choice = «{ $value }» нет среди вариантов ответа.
error-too-many = { $most ->
    [one] Возможен не более чем { $most } ответ.
    [few] Возможно не более { $most } ответов.
   *[other] Возможно не более { $most } ответов.
}
error-too-few = { $least ->
    [one] Необходим как минимум { $least } ответ.
    [few] Необходимы как минимум { $least } ответа.
   *[other] Необходимо как минимум { $least } ответов.
}
error-half-year = «{ $value }» — не полугодие. Укажите год и 1 или 2, например 2021-1.
error-url = Укажите полный адрес, например https://example.org/page.
error-reference = «{ $value }» — не условное обозначение материала. Укажите его в виде GP-KAZ-2020-001.
error-ends-before-start = Окончание предшествует началу.
error-outside-programme = Это за пределами лет действия программы работы: { $first }–{ $last }.
error-span = { $most ->
    [one] Возможно не более { $most } года, включая первый и последний.
    [few] Возможно не более { $most } лет, включая первый и последний.
   *[other] Возможно не более { $most } лет, включая первый и последний.
}
workbook-form = Форма
workbook-lists = Списки
workbook-lists-note = Списки для формы. Здесь ничего заполнять не нужно.
workbook-how = Заполните ячейки в рамках; знаком * отмечено то, что обязательно при представлении. Сохраните файл и отправьте его на странице материала. Несколько вариантов указываются в нескольких строках.
workbook-question = Вопрос
workbook-help = Что здесь указать
workbook-see-sheet = На листе «{ $name }»
workbook-choose = Выберите из списка.
questionnaire-file = Получить в виде электронной таблицы для заполнения без подключения к сети
workbook-send-back = Отправить файл обратно
workbook-show = Показать, что изменит файл
workbook-cell = Ячейка { $cell }:
workbook-faults = { $count ->
    [one] В файле нужно исправить { $count } место
    [few] В файле нужно исправить { $count } места
   *[many] В файле нужно исправить { $count } мест
}
workbook-faults-advice = Ничего не изменено. Исправьте файл и отправьте его еще раз.
error-workbook-formula = Здесь стоит формула. Впишите само значение.
error-workbook-no-room = Здесь не место для текста, и он был бы потерян. Перенесите его в ячейку с рамкой.
blank-print = Распечатайте эту страницу с помощью браузера; все, что не нужно на бумаге, будет опущено.
blank-filled-in-by = Заполнено (имя, дата):
