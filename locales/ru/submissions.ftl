# Состояние материала, действия с ним.
state-draft = Проект
state-awaiting-clearance = Ожидает утверждения
state-submitted = Представлен
state-under-review = На проверке
state-returned = Возвращен с замечаниями
state-accepted = Принят
state-not-retained = Не отобран на этой сессии
state-withdrawn = Снят
state-merged = Объединен с другим материалом
state-late = Представлен с опозданием
state-informal = Неофициальный документ
event-create = Начат проект
event-request-clearance = Запрошено утверждение
event-ask-confirmation = Внесен секретариатом из файла; у делегации запрошено подтверждение
event-pass-on = Передан дальше
event-send-back = Возвращен делегатам
event-clear = Утвержден и представлен
event-hand-in = Представлен секретариатом
event-hand-in-late = Утвержден и представлен с опозданием
event-admit = Допущен секретариатом
event-keep-informal = Оставлен как неофициальный документ
event-take-up = Принят в работу секретариатом
event-return = Возвращен с замечаниями
event-accept = Принят
event-not-retain = Не отобран на этой сессии
event-withdraw = Снят делегацией
event-take-over = Взят делегацией на доработку
act-submission-create = Начат проект материала
act-submission-copy = Начат проект на основе материала прежней сессии
act-submission-compile = Внесен материал из открытых источников
act-submission-save = Сохранен проект материала
act-submission-request-clearance = Запрошено утверждение материала
act-submission-ask-confirmation = Запрошено подтверждение внесенного материала
act-submission-pass-on = Текст передан дальше внутри делегации
act-submission-send-back = Текст возвращен делегатам
act-submission-clear = Материал утвержден главой делегации
act-submission-hand-in = Представлен материал из открытых источников
act-submission-hand-in-late = Материал представлен с опозданием
act-submission-admit = Представленный с опозданием материал допущен
act-submission-keep-informal = Представленный с опозданием материал оставлен как неофициальный документ
act-submission-take-up = Материал принят в работу секретариатом
act-submission-return = Материал возвращен с замечаниями
act-submission-accept = Материал принят
act-submission-not-retain = Материал не отобран
act-submission-withdraw = Материал снят
act-submission-take-over = Материал из открытых источников взят делегацией на доработку
refusal-submission-state = Сейчас состояние материала — «{ $state }»; этот шаг из него невозможен.
refusal-not-compiled = Этот материал составлен не по открытым источникам либо уже взят делегацией на доработку.
refusal-not-late = Срок для этого материала не истек: утвердите и представьте его обычным порядком.

# Кнопки, их действие, сообщения после него.
submission-waits-for-head = Текст ожидает утверждения вашей делегацией, и менять его пока нельзя. Глава делегации или заместитель утвердит его либо вернет вам.
submission-act-request-clearance = Запросить утверждение
submission-act-pass-on = Передать дальше
submission-act-send-back = Вернуть делегатам
submission-act-clear = Утвердить и представить
submission-act-hand-in = Представить
submission-act-hand-in-late = Утвердить и представить с опозданием
submission-act-admit = Допустить
submission-act-keep-informal = Оставить как неофициальный документ
submission-act-take-up = Принять в работу
submission-act-return = Вернуть с замечаниями
submission-act-accept = Принять
submission-act-not-retain = Не отбирать
submission-act-withdraw = Снять
submission-act-take-over = Взять на доработку
submission-act-help-request-clearance = Текст пройдет этапы вашей делегации, если они установлены; затем глава делегации прочтет и утвердит его.
submission-act-help-pass-on = Текст перейдет к следующему этапу вашей делегации; после последнего этапа его утверждает глава делегации.
submission-act-help-send-back = Текст снова станет проектом; в примечании можно указать, что еще нужно сделать.
submission-act-help-clear = Текст поступит в секретариат от имени вашей делегации.
submission-act-help-hand-in = Материал поступит на проверку.
submission-act-help-hand-in-late = Материал поступит в секретариат от имени вашей делегации. Секретариат решит, направить ли его на проверку или представить группе как неофициальный документ.
submission-act-help-admit = Материал поступит на проверку наравне с другими; делегация получит сообщение.
submission-act-help-keep-informal = Материал смогут прочитать все делегации. Он не оценивается экспертами, не выносится на голосование и не входит в программу работы; делегация получит сообщение.
submission-act-help-take-up = Секретариат приступит к чтению; делегация это увидит.
submission-act-help-return = Делегация сможет доработать текст и представить его снова.
submission-act-help-accept = Передовая практика войдет в библиотеку, приоритетное мероприятие поступит на рассмотрение экспертов.
submission-act-help-not-retain = Материал сохранится вместе с указанной вами причиной, но на этой сессии дальше не пойдет.
submission-act-help-withdraw = Материал сохранится, но дальше не пойдет. Отменить это нельзя.
submission-act-help-take-over = Материал перейдет к вашей делегации, которая дополнит, исправит и утвердит его.
submission-done-request-clearance = Запрос об утверждении направлен.
submission-done-pass-on = Передано дальше.
submission-done-send-back = Текст снова у делегатов.
submission-done-clear = Утверждено. Материал находится в секретариате.
submission-done-hand-in = Материал представлен.
submission-done-hand-in-late = Материал представлен с опозданием. Секретариат решит, как с ним поступить, и сообщит вам.
submission-done-admit = Материал допущен и ожидает проверки.
submission-done-keep-informal = Материал оставлен как неофициальный документ. Его могут прочитать все делегации.
submission-done-take-up = Материал принят в работу.
submission-done-return = Материал возвращен делегации с вашими замечаниями.
submission-done-accept = Материал принят.
submission-done-not-retain = Материал не отобран на этой сессии. Делегация видит указанную вами причину.
submission-done-withdraw = Материал снят. Текст сохранен.
submission-done-take-over = Материал передан вашей делегации. Дополните его и представьте снова.

# Форма.
submission-untitled-practice = Передовая практика без названия
submission-untitled-action = Приоритетное мероприятие без названия
submission-optional = { $label } (необязательно)
submission-private = Этот ответ не публикуется.
submission-private-mark = не публикуется
submission-choose = Выберите
submission-row = Строка
submission-fold = Выбор из перечня ({ $offered }); выбрано: { $chosen }
submission-comment = Замечание секретариата
submission-place-row = { $label }, строка { $row }: { $column }
submission-place-language = { $label } ({ $language })
submission-in-en = на английском языке
submission-in-ru = на русском языке
submission-language-en = Английский
submission-language-ru = Русский
submission-error-at = { $place }: { $message }
submission-sections = Разделы
submission-section-missing = { $count ->
    [one] осталось ответить на { $count } вопрос
    [few] осталось ответить на { $count } вопроса
   *[other] осталось ответить на { $count } вопросов
}
submission-gaps = { $count ->
    [one] До представления осталось дать { $count } ответ
    [few] До представления осталось дать { $count } ответа
   *[other] До представления осталось дать { $count } ответов
}
submission-complete = На все обязательные вопросы даны ответы.
submission-chars-en = Знаков на английском языке: { $chars }. Желательно не более { $advised }.
submission-chars-ru = Знаков на русском языке: { $chars }. Желательно не более { $advised }.
submission-original = Язык оригинала
submission-original-hint = Язык, на котором текст пишется первоначально и должен быть полным. Текст на другом языке можно добавить позже.
submission-save = Сохранить проект
submission-save-and-request-clearance = Сохранить и запросить утверждение
submission-save-and-clear = Сохранить и утвердить
submission-save-and-hand-in = Сохранить и представить
submission-save-and-hand-in-late = Сохранить и представить с опозданием
submission-late-now = Срок представления истек. На этой сессии принимаются и материалы, представленные с опозданием: секретариат допускает их либо оставляет как неофициальные документы, которые читают все делегации, но которые не оцениваются и не выносятся на голосование.
submission-entered = Секретариат внес этот материал от имени вашей делегации { $on } из файла «{ $file }». Он ожидает подтверждения главы делегации: утвердите его, измените или верните делегатам как проект.
submission-saved = Сохранено: { $at }.
submission-saved-joined = Сохранено: { $at }. За это время другой пользователь изменил другие ответы; сохранены обе правки.
submission-last-saved = Последнее сохранение: { $who }, { $at }.
submission-autosave-failed = Сейчас сохранить не удалось. Текст остается на странице: сохраните его кнопкой.
submission-saved-but = Ваш текст сохранен. Прежде чем представить его, проверьте эти ответы.
submission-kept-here = Набранный текст остался на этой странице, но не сохранен. Скопируйте то, что хотите сберечь.
submission-to-view = Прочитать в виде страницы
submission-half-year-1 = первое полугодие { $year } года
submission-half-year-2 = второе полугодие { $year } года

# Двое за одним вопросом.
submission-to-upload = Заполнить без подключения к сети, в электронной таблице
submission-upload-title = Заполнение без подключения к сети
submission-upload-lead = Возьмите форму в виде электронной таблицы, заполните ее без подключения к сети и отправьте сюда. До сохранения вы увидите, что она меняет.
submission-upload-out = 1. Получите таблицу
submission-upload-out-note = В ней есть все, что сохранено к этому времени, списки для выбора, ограничения и пояснения. Ответы на обоих языках можно вписать в любой из файлов. Таблица открывается в любой программе для работы с таблицами.
submission-workbook-in = Таблица { $language }
submission-upload-in = 2. Отправьте ее обратно
submission-upload-file = Таблица
submission-upload-hint = Файл с расширением .xlsx, не более 2 МБ
submission-upload-show = Показать изменения
submission-uploaded-title = Что меняет таблица
submission-uploaded-count = { $count ->
    [0] Таблица ничего не меняет: ее ответы совпадают с сохраненными.
    [one] Меняется { $count } вопрос. Пока ничего не сохранено.
    [few] Меняются { $count } вопроса. Пока ничего не сохранено.
   *[many] Меняются { $count } вопросов. Пока ничего не сохранено.
}
submission-uploaded-save = Сохранить изменения
submission-uploaded-other = Отправить другую таблицу
error-no-workbook = Не удается прочитать этот файл как таблицу. Сохраните его в формате .xlsx и отправьте еще раз.
error-workbook-too-large = В этой таблице больше данных, чем предусмотрено формой. Перенесите ответы в новую таблицу с этой страницы.
error-no-form = Эта таблица не является формой с этой страницы. Получите таблицу выше и перенесите в нее ответы.
error-form-of-other = Эта таблица относится к материалу { $reference }. Отправьте ее на его странице или получите таблицу выше.
error-form-of-other-kind = Эта таблица является формой для материала другого вида. Получите таблицу выше.
submission-dispute-title = Два текста для одного вопроса
submission-dispute-explanation = Пока вы писали, другой пользователь сохранил этот материал. По каждому вопросу, который изменили вы оба, выберите, какой текст оставить. Все остальное уже объединено, и ничего не потеряно: другой текст остается в предыдущих редакциях.
submission-dispute-mine = Набрано вами
submission-dispute-theirs = Сохранено ранее
submission-dispute-save = Сохранить мой выбор

# Страница материала.
submission-reference = Условное обозначение
submission-kind = Вид
submission-delegation = Делегация
submission-state = Состояние
submission-title = Название
submission-updated = Последнее изменение
submission-accepted-on = Дата принятия
submission-taken-over-on = Дата передачи делегации
submission-about = Об этом материале
submission-compiled = Составлено по открытым источникам
submission-source = Источник
submission-source-date = Дата источника
submission-source-period = Период
submission-source-confidence = Достоверность
submission-confidence-high = высокая
submission-confidence-medium = средняя
submission-confidence-low = низкая
submission-not-yet-en = На английском языке пока нет: приводится на русском.
submission-not-yet-ru = На русском языке пока нет: приводится на английском.
submission-next = Дальнейшие шаги
submission-edit = Изменить
submission-screen = Замечания и решение
submission-note = Примечание (необязательно)
submission-timeline = Ход работы
submission-to-history = Все редакции
submission-screening-explanation = Добавьте замечания к тем ответам, которые делегации следует пересмотреть, и выберите, что сделать. Делегация увидит ваши замечания и примечание.
submission-add-comment = Добавить замечание
submission-comment-on = Замечание к вопросу «{ $label }»
submission-decision = Решение
submission-screening-note = Примечание для делегации
submission-screening-note-hint = Обязательно указывается как причина, если материал не отобран, а также при возврате без замечаний к вопросам.

# Редакции.
submission-history = Редакции
submission-history-explanation = Хранится каждая сохраненная редакция. Выберите любые две, чтобы увидеть различия.
submission-revision = Редакция
submission-saved-on = Время сохранения
submission-saved-by = Кем сохранена
submission-changes = Изменения
submission-compare-from = От
submission-compare-to = До
submission-compare-from-number = Сравнить, начиная с редакции { $number }
submission-compare-to-number = Сравнить с редакцией { $number }
submission-compare-previous = по сравнению с предыдущей
submission-compare = Сравнить
submission-compare-title = Редакции { $from } и { $to }
submission-compare-count = { $count ->
    [0] Между этими редакциями различий нет.
    [one] Изменен { $count } ответ.
    [few] Изменено { $count } ответа.
   *[other] Изменено { $count } ответов.
}
submission-unchanged = { $count ->
    [one] { $count } ответ не изменен
    [few] { $count } ответа не изменены
   *[other] { $count } ответов не изменены
}

# Материалы сессии.
submissions-title = Представленные материалы
submission-start-practice = Новая передовая практика
submission-start-action = Новое приоритетное мероприятие
submission-start-explanation-practice = Расскажите другим странам о том, что дало результат: в чем состояла проблема, что было сделано, что изменилось и что могут перенять другие.
submission-start-explanation-action = Предложите то, что Рабочая группа могла бы осуществить совместно в годы действия следующей программы.
submission-begin = Начать проект
submission-what-is-asked = О чем спрашивается
submission-all-questions = Все вопросы — прочитать или распечатать
submission-closes = Прием материалов завершается: { $at }.
submission-closes-both = Прием материалов завершается: { $at }; по вашему времени — { $own }.
submission-outstanding = Еще не представлено
submission-outstanding-own = Ваша делегация еще не представила
submission-outstanding-hint = Это видят только сама делегация и секретариат.
submission-filter = Показать
submission-none = Здесь пока ничего нет
submission-none-advice = Выберите «все», чтобы увидеть больше, или вернитесь позже.
submission-count = { $count ->
    [one] { $count } материал
    [few] { $count } материала
   *[other] { $count } материалов
}

# Копии материалов прежних сессий.
copy-act = Начать новый проект на основе этого материала
copy-act-help = Ответы на вопросы, которые по-прежнему задаются, переносятся: { $session }. Этот материал остается без изменений.
copy-done = В проект перенесены ответы из материала { $reference }. Проверьте все, что отмечено в форме: годы и показатели могли измениться.
copy-from = На основе материала
copy-to = Послужил основой для
copy-began = В этот проект перенесены ответы из материала { $reference }. Переводы необходимо сверить заново, файлы — приложить заново.
copy-from-compiled = Исходный материал составлен по открытым источникам; этот проект — собственный материал делегации и должен быть заполнен полностью.
copy-left = Не перенесено полностью или частично, поскольку вопрос или вариант ответа больше не предлагается: { $questions }.
copy-earlier = Начать на основе материала прежней сессии
copy-lead = В новый проект переносятся ответы выбранного материала на те вопросы, которые по-прежнему задаются. Прежний материал остается без изменений.
copy-session = Сессия { $number }
copy-of-session = Сессия
copy-none = Материалов прежних сессий нет
copy-none-advice = Ваша делегация не представляла материалов на прежних сессиях.
refusal-copy-not-later = Перенести материал можно только на более позднюю сессию.
