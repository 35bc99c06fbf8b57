# Рабочий стол секретариата на сессии.
session-room-desk = Рабочий стол
session-room-explained-desk = Что ожидает секретариат и до какого срока, очередь на проверку, действия с несколькими материалами.
desk-title = Рабочий стол секретариата
desk-start-screening = Начать с самого давнего материала
desk-ours = Ожидает секретариата
desk-others = Ожидает других
desk-nothing = Вас ничего не ожидает
desk-nothing-advice = Что будет дальше, показывает календарь ниже.
desk-calendar = Календарь, рассчитанный от даты сессии
desk-calendar-lead = Каждый этап должен быть завершен за столько-то дней до первого дня сессии. Если срок, установленный для сессии, позже, на следующие этапы времени не остается.
desk-calendar-file = Файл календаря
desk-milestone = Этап
desk-lead-time = До сессии
desk-due-on = Срок
desk-window = Срок, установленный для сессии
desk-standing = Положение
desk-days = { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}
desk-due = срок { $day }, через { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}
desk-due-over = срок { $day }, { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
} назад
desk-window-none = отдельного срока нет
desk-window-unset = не установлен
desk-window-same = { $day }, вовремя
desk-window-earlier = { $day }, на { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
} раньше
desk-window-later = { $day }, на { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
} позже
desk-standing-late = Просрочено, осталось: { $open ->
    [one] { $open }
    [few] { $open }
   *[many] { $open }
}
desk-standing-past = Завершено, ничего не осталось
desk-standing-soon = Скоро: через { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}
desk-standing-later = Через { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}
desk-ballot = Голосование { $number }
desk-more = и еще { $number }
desk-go-next = К первому
desk-go-list = К списку
desk-go-pending = К подготовленному
desk-go-edits = К изменениям
desk-go-remind = Запросить вновь
desk-go-reviews = К оценкам
desk-go-programme = К программе
desk-go-mails = К письмам
desk-matter-take-up = { $number ->
    [one] { $number } материал представлен и не принят в работу
    [few] { $number } материала представлены и не приняты в работу
   *[many] { $number } материалов представлены и не приняты в работу
}
desk-matter-came-back = { $number ->
    [one] { $number } материал представлен вновь после возвращения
    [few] { $number } материала представлены вновь после возвращения
   *[many] { $number } материалов представлены вновь после возвращения
}
desk-matter-late = { $number ->
    [one] { $number } материал представлен с опозданием: допустить или оставить как неофициальный документ
    [few] { $number } материала представлены с опозданием: допустить или оставить как неофициальные документы
   *[many] { $number } материалов представлены с опозданием: допустить или оставить как неофициальные документы
}
desk-matter-decide = { $number ->
    [one] { $number } материал на проверке ожидает решения
    [few] { $number } материала на проверке ожидают решения
   *[many] { $number } материалов на проверке ожидают решения
}
desk-matter-answer = { $number ->
    [one] { $number } вопрос, на который предстоит ответить от имени группы
    [few] { $number } вопроса, на которые предстоит ответить от имени группы
   *[many] { $number } вопросов, на которые предстоит ответить от имени группы
}
desk-matter-parity = { $number ->
    [one] { $number } принятый материал, в котором тексты на двух языках не сверены
    [few] { $number } принятых материала, в которых тексты на двух языках не сверены
   *[many] { $number } принятых материалов, в которых тексты на двух языках не сверены
}
desk-matter-open-ballot = { $number ->
    [one] { $number } голосование подготовлено, его предстоит открыть
    [few] { $number } голосования подготовлены, их предстоит открыть
   *[many] { $number } голосований подготовлены, их предстоит открыть
}
desk-matter-close-ballot = { $number ->
    [one] { $number } голосование, срок которого истек, предстоит закрыть
    [few] { $number } голосования, срок которых истек, предстоит закрыть
   *[many] { $number } голосований, срок которых истек, предстоит закрыть
}
desk-matter-certify-ballot = { $number ->
    [one] { $number } закрытое голосование предстоит удостоверить
    [few] { $number } закрытых голосования предстоит удостоверить
   *[many] { $number } закрытых голосований предстоит удостоверить
}
desk-matter-programme = { $number ->
    [one] { $number } программа в проекте
    [few] { $number } программы в проекте
   *[many] { $number } программ в проекте
}
desk-matter-mails = { $number ->
    [one] { $number } письмо не отправлено
    [few] { $number } письма не отправлены
   *[many] { $number } писем не отправлены
}
desk-matter-returned = { $number ->
    [one] { $number } материал возвращен и находится у делегации
    [few] { $number } материала возвращены и находятся у делегаций
   *[many] { $number } материалов возвращены и находятся у делегаций
}
desk-matter-clarifications = { $number ->
    [one] { $number } вопрос, на который делегация не ответила
    [few] { $number } вопроса, на которые делегации не ответили
   *[many] { $number } вопросов, на которые делегации не ответили
}
desk-matter-pending = { $number ->
    [one] { $number } материал, решение по которому подготовлено и не применено
    [few] { $number } материала, решения по которым подготовлены и не применены
   *[many] { $number } материалов, решения по которым подготовлены и не применены
}
desk-go-credentials = Проверить
desk-matter-credentials = { $number ->
    [one] { $number } делегация, полномочия которой ждут проверки
    [few] { $number } делегации, полномочия которых ждут проверки
   *[many] { $number } делегаций, полномочия которых ждут проверки
}
desk-matter-edits = { $number ->
    [one] { $number } текст с предложенными изменениями, на которые делегация не ответила
    [few] { $number } текста с предложенными изменениями, на которые делегации не ответили
   *[many] { $number } текстов с предложенными изменениями, на которые делегации не ответили
}
desk-matter-consents = { $number ->
    [one] { $number } ответ о согласии не получен
    [few] { $number } ответа о согласии не получены
   *[many] { $number } ответов о согласии не получены
}
desk-matter-co-sponsors = { $number ->
    [one] { $number } приглашенный соавтор не ответил
    [few] { $number } приглашенных соавтора не ответили
   *[many] { $number } приглашенных соавторов не ответили
}
desk-matter-reviews = { $number ->
    [one] { $number } оценка еще не дана
    [few] { $number } оценки еще не даны
   *[many] { $number } оценок еще не даны
}
milestone-submissions-open = Начало представления материалов
milestone-submissions-close = Окончание представления материалов
milestone-screening-ends = Окончание проверки
milestone-parity-reached = Тексты на двух языках равны
milestone-reviews-end = Окончание оценки
milestone-ballots-open = Начало голосований
milestone-ballots-close = Результаты голосований удостоверены
milestone-basis-submissions-open = Восемь недель на подготовку, перевод и утверждение в делегациях.
milestone-basis-submissions-close = Рабочие группы ЕЭК просят представлять официальные документы примерно за двенадцать недель до сессии; на проверку остается две недели.
milestone-basis-screening-ends = По правилу «10-4-6» документации Организации Объединенных Наций тексты поступают в обработку за десять недель до сессии.
milestone-basis-parity-reached = Четыре недели на перевод; за шесть недель до сессии тексты выходят на обоих языках («10-4-6»).
milestone-basis-reviews-end = Три недели для экспертов, по текстам, одинаковым на обоих языках.
milestone-basis-ballots-open = Неделя на ознакомление с порядком по оценкам; две недели на консультации в столицах.
milestone-basis-ballots-close = К открытию сессии результат готов.

# Сроки до сессии.
lead-times-title = Сроки до сессии
lead-times-lead = За сколько дней до первого дня сессии должен быть завершен каждый этап. Каждый следующий этап завершается одновременно с предыдущим или позже.
lead-time-standard = Обычно: { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}.
lead-times-saved = Сроки сохранены.
lead-times-stale = Тем временем сроки изменил кто-то другой. Взгляните на календарь рабочего стола; введенное вами сохранилось, и его можно сохранить сейчас.
error-lead-time-range = Укажите число дней от 0 до { $max }.
error-lead-time-order = Этот срок наступил бы раньше срока предыдущего этапа.
act-session-lead-times = Установлены сроки до сессии
act-consent-remind = Согласие стран запрошено вновь

# Очередь на проверку.
queue-left = { $number ->
    [0] В очереди на проверку ничего нет.
    [one] В очереди на проверку { $number } материал.
    [few] В очереди на проверку { $number } материала.
   *[many] В очереди на проверку { $number } материалов.
}
queue-later = Оставить этот на потом

# Действия с несколькими материалами.
bulk-title = Действия с несколькими материалами
bulk-lead = Выберите действие и материалы. Пока ничего не произойдет: на следующей странице будет показано, сколько их и какие они и что мешает остальным.
bulk-nothing = Материалов для действий нет
bulk-nothing-advice = Материалы появятся здесь, когда будут представлены.
bulk-which-act = Действие
bulk-which = Материалы
bulk-choose = Выбрать
bulk-note-hint = Получит каждая делегация, которой это касается. Обязательно, если материалы не отбираются.
bulk-check = Показать, что произойдет
bulk-back = Выбрать иначе
bulk-act-take-up = Принять в работу
bulk-act-accept = Принять
bulk-act-not-retain = Не отбирать, с одной причиной для всех
bulk-act-remind-consents = Вновь запросить страны, которые не сообщили о согласии
bulk-ready = { $number ->
    [0] Ни с одним из выбранных материалов это сделать нельзя.
    [one] Это будет сделано с { $number } материалом:
    [few] Это будет сделано с { $number } материалами:
   *[many] Это будет сделано с { $number } материалами:
}
bulk-obstacles = { $number ->
    [one] Кроме { $number } материала
    [few] Кроме { $number } материалов
   *[many] Кроме { $number } материалов
}
bulk-do-take-up = { $number ->
    [one] Принять в работу { $number } материал
    [few] Принять в работу { $number } материала
   *[many] Принять в работу { $number } материалов
}
bulk-do-accept = { $number ->
    [one] Принять { $number } материал
    [few] Принять { $number } материала
   *[many] Принять { $number } материалов
}
bulk-do-not-retain = { $number ->
    [one] Не отбирать { $number } материал
    [few] Не отбирать { $number } материала
   *[many] Не отбирать { $number } материалов
}
bulk-do-remind-consents = { $number ->
    [one] Запросить вновь по { $number } мероприятию
    [few] Запросить вновь по { $number } мероприятиям
   *[many] Запросить вновь по { $number } мероприятиям
}
bulk-done-take-up = { $number ->
    [one] Принят в работу { $number } материал.
    [few] Приняты в работу { $number } материала.
   *[many] Принято в работу { $number } материалов.
}
bulk-done-accept = { $number ->
    [one] Принят { $number } материал.
    [few] Приняты { $number } материала.
   *[many] Принято { $number } материалов.
}
bulk-done-not-retain = { $number ->
    [one] Не отобран { $number } материал.
    [few] Не отобраны { $number } материала.
   *[many] Не отобрано { $number } материалов.
}
bulk-done-remind-consents = { $number ->
    [one] Страны запрошены вновь по { $number } мероприятию.
    [few] Страны запрошены вновь по { $number } мероприятиям.
   *[many] Страны запрошены вновь по { $number } мероприятиям.
}
bulk-stale = С тех пор как это было показано, произошли изменения, поэтому ничего не сделано. Вот как обстоит дело сейчас.
error-bulk-none-chosen = Выберите хотя бы один материал.
refusal-consent-none-open = Все страны уже сообщили, согласны ли они.
