# Похожие материалы.
duplicates-title = Похожие материалы
duplicates-lead = Материалы одного вида, похожие друг на друга; сравниваются на обоих языках в том виде, в каком представлены. Баллы из ста показывают, сколько в них общего; одно ли это и то же, решаете вы.
duplicates-none = Похожих материалов нет
duplicates-count = { $number ->
    [one] { $number } пара
    [few] { $number } пары
   *[many] { $number } пар
}
duplicates-pair = Материалы
duplicates-shared = Что общего
duplicates-points = Баллы
duplicates-words = Слова заголовков: { $words }
duplicates-summaries = { $percent } % более краткого резюме
duplicates-theme = Тема: { $theme }
duplicates-target = Задача: { $target }
duplicates-countries = Страны: { $countries }
duplicates-years = Годы: { $years }

# Объединение.
merge-title = Объединение материалов
merge-go = Объединить
merge-lead = Материал { $from } будет присоединен к материалу { $into }, который с этого времени действует за оба. Оба текста остаются доступны для чтения и ссылаются друг на друга.
merge-from = Присоединяется
merge-into = Действует за оба
merge-other-way = Наоборот
merge-asked = { $number ->
    [0] Запрашивать вновь никого не нужно
    [one] По действующему материалу запрашивается { $number } делегация
    [few] По действующему материалу запрашиваются { $number } делегации
   *[many] По действующему материалу запрашиваются { $number } делегаций
}
merge-note = Причина объединения
merge-note-hint = Ее получат обе делегации.
merge-do = Присоединить { $from } к { $into }
merge-done = Материал { $reference } присоединен к этому материалу. Обе делегации уведомлены.
merge-stale = Один из текстов тем временем изменился. Прочтите оба еще раз; указанная вами причина сохранилась.
merge-on = { $day }. { $note }
merge-was-joined = Присоединен к материалу
merge-stands-for = Действует также за:
merge-take-back = Отменить объединение
merge-taken-back = Объединение отменено; материал снова на проверке.
event-merge = Присоединен к другому материалу
event-unmerge = Объединение отменено
act-submission-merge = Материал присоединен к другому
act-submission-unmerge = Объединение отменено
act-merge-join = Материалы объединены
act-merge-take-back = Объединение материалов отменено
audit-detail-into = К чему
refusal-merge-unlike = Объединить можно только два разных материала одного вида и одной сессии.
refusal-merge-on-ballot = Один из них вынесен на голосование. Сначала снимите его с голосования или отмените голосование.
refusal-merge-in-programme = Один из них включен в принятую программу работы.
refusal-merge-none = Этот материал не присоединен к другому.
refusal-merge-built-on = Материал { $reference } с тех пор изменился, вынесен на голосование или включен в программу: объединение остается.

# Сохраненные фильтры и список в виде файла.
filter-saved = Сохраненные фильтры
filter-keep = Сохранить этот фильтр
filter-name = Название фильтра
filter-share = Предложить всему секретариату
filter-keep-button = Сохранить
filter-remove = Удалить
filter-kept = Фильтр сохранен.
filter-removed = Фильтр удален.
filter-name-needed = Дайте фильтру название.
refusal-filters-many = Больше фильтров сохранить нельзя. Сначала удалите один из них.
submission-list-file = Этот список в виде файла (CSV)
