# Соответствие текстов на двух языках.
parity-missing = Нет текста на одном из языков
parity-stale = Оригинал изменен после перевода
parity-draft = Перевод не проверен
parity-checked = Перевод проверен
languages-heading = Языки
languages-title = Тексты на двух языках
languages-explanation = Слева оригинал, здесь его изменить нельзя. Справа напишите перевод и, сверив оба текста, поставьте отметку. Если оригинал позднее изменится, перевод будет показан как отставший, пока его не проверят снова.
languages-count = Проверено переводов: { $checked } из { $all }.
languages-original = Оригинал { $language }
languages-translation = Перевод { $language }
languages-changed = Что изменилось в оригинале после перевода
languages-check = Сверено с оригиналом
languages-save = Сохранить переводы
languages-all-done = Все переводы проверены.
languages-done = { $count ->
    [one] Проверен { $count } перевод
    [few] Проверены { $count } перевода
   *[other] Проверено { $count } переводов
}
refusal-languages-voted-on = По этому мероприятию открыто голосование; тексты остаются такими, какими были на тот момент.
act-submission-translate = Сохранен перевод
act-submission-check-texts = Переводы отмечены как проверенные
