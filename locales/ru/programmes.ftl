programme-title = Программа работы { $reference }
programme-build = Подготовка программы работы
programme-state-draft = Проект
programme-state-tabled = Проект на рассмотрении группы
programme-state-adopted = Принята
programme-state-superseded = Заменена
programme-draft-notice = Это проект. До рассмотрения группой решения о нем его видят только секретариат и Председатель.
programme-tabled-notice = Этот проект находится на рассмотрении группы. Его видят все делегации; он будет принят вместе с решением и тогда станет общедоступным.
programme-superseded-notice = Эта программа заменена более поздней редакцией.
programme-see-current = Открыть действующую программу
programme-made-up = Эта программа относится к демонстрации. Заключения, голосования и принятие условны, чтобы показать порядок работы; мероприятия взяты из открытых источников или обозначены как условные.
programme-years = Годы
programme-places = Число мест
programme-order = Порядок, положенный в основу
programme-order-ballot = Голосование { $number }
programme-order-ranking = Ранжирование по итогам рассмотрения
programme-adopted-by = Порядок принятия
programme-adopted-by-consensus = Консенсусом
programme-adopted-by-silence = В рамках процедуры отсутствия возражений
programme-adopted-by-recorded-vote = Заносимым в отчет о заседании голосованием
programme-adopted-on = Дата принятия
programme-introduction = Введение
programme-items = Мероприятия программы
programme-no-items = Ни одно мероприятие пока не включено
programme-position = №
programme-action = Мероприятие
programme-delegation = Ведущая делегация
programme-theme = Тема
programme-targets = Задачи ЦУР
programme-money = Общие затраты
programme-staff = Рабочие недели
programme-why = Основание
programme-money-total = Затраты на все мероприятия
programme-staff-total = Рабочие недели на все мероприятия
programme-override-shown = Отступление от предложения:
programme-roll = Поименное голосование
programme-roll-lot = Делегации вызывались в английском алфавитном порядке начиная со страны, определенной жребием: { $first } (начальное значение жребия — { $seed }).
programme-roll-delegation = Делегация
programme-roll-answer = Ответ
programme-vote-yes = За
programme-vote-no = Против
programme-vote-abstain = Воздержалась
programme-vote-not-voting = Не участвовала в голосовании
programme-vote-absent = Отсутствовала
programme-vote-choose = Выберите
programme-excluded = Не включены в эту программу
programme-excluded-hint = Этот раздел видят участники группы, вошедшие в систему. Невключенное мероприятие можно предложить снова.
programme-revisions = Редакции
programme-export = Загрузить программу в формате CSV
programme-edit = Изменить проект
programme-revise = Начать новую редакцию
programme-revise-lead = Действует принятая программа. Новая редакция составляется на ее основе; до принятия новой редакции действует прежняя программа.
programme-start = Составить проект программы
programme-start-lead = Укажите, для скольких мероприятий есть место. Будет предложено столько мероприятий с начала списка, каждое с обоснованием; решение за вами.
programme-start-actions = { $count ->
    [one] Принято к рассмотрению { $count } мероприятие.
    [few] Принято к рассмотрению { $count } мероприятия.
    [many] Принято к рассмотрению { $count } мероприятий.
   *[other] Принято к рассмотрению { $count } мероприятия.
}
programme-places-hint = Для скольких мероприятий в программе есть место, не более { $max }.
programme-places-change = При другом числе составляется новое предложение: мероприятия, следовавшие прежнему предложению, следуют новому.
programme-order-hint = Заверенный результат голосования этой сессии или ранжирование по итогам рассмотрения.
programme-started = Проект составлен. Проверьте каждое мероприятие и его обоснование.
programme-saved = Проект сохранен.
programme-revised = Новая редакция начата на основе действующей программы.
programme-edit-title = Проект { $reference }
programme-edit-lead = Каждое мероприятие либо включается, либо нет, с обоснованием на двух языках. Если решение расходится с предложением, поясните почему.
programme-tied = На последнее место претендуют с равным результатом несколько мероприятий, и все они не помещаются, поэтому ни одно из них не предложено: { $references }.
programme-figures = Включено: { $included }. Мест: { $places }.
programme-introduction-hint = Что группа хочет сказать перед перечнем мероприятий. До принятия — на двух языках.
programme-decisions = Решения
programme-decision = Решение
programme-proposed = Предложено
programme-not-proposed = Не предложено
programme-include = Включить { $reference }
programme-reason = Обоснование
programme-override = Причина отступления от предложения
programme-override-hint = Обязательно, если решение расходится с предложением.
programme-preview = Посмотреть в виде страницы
programme-stale = Пока проект был у вас открыт, его изменил другой пользователь. Набранное вами показано ниже и не сохранено. Откройте проект во втором окне, чтобы увидеть его нынешний вид.
programme-adopt = Внести сведения о принятии
programme-adopt-title = Принятие { $reference }
programme-adopt-lead = { $count ->
    [one] В проекте { $count } мероприятие. После внесения сведений о принятии программа становится открытой и не меняется; ее может заменить новая редакция.
    [few] В проекте { $count } мероприятия. После внесения сведений о принятии программа становится открытой и не меняется; ее может заменить новая редакция.
    [many] В проекте { $count } мероприятий. После внесения сведений о принятии программа становится открытой и не меняется; ее может заменить новая редакция.
   *[other] В проекте { $count } мероприятия. После внесения сведений о принятии программа становится открытой и не меняется; ее может заменить новая редакция.
}
programme-adopted-by-hint = Группа принимает решения консенсусом, если ни одна делегация не просит провести голосование.
programme-roll-hint = Только при голосовании, заносимом в отчет о заседании: ответ каждой делегации, имеющей право голоса, в порядке поименного вызова, определенном жребием (начальное значение — { $seed }).
programme-base-present-and-voting = Для принятия требуется большинство присутствующих и участвующих в голосовании делегаций. Воздержавшиеся не считаются участвующими в голосовании.
programme-base-present = Для принятия требуется большинство присутствующих делегаций.
programme-base-electorate = Для принятия требуется большинство всех делегаций, имеющих право голоса.
programme-record = Запись о принятии
programme-record-hint = Как это будет сказано в докладе о работе сессии. При голосовании, заносимом в отчет о заседании, числа вписываются сами, если оставить предложение без изменений; укажите делегацию, по просьбе которой проведено голосование.
programme-adopt-confirm = Внести сведения о принятии
programme-adopted-done = Сведения о принятии внесены. Программа открыта для всех.
programme-reason-place = место { $place } в голосовании { $ballot }
programme-reason-not-voted = не было среди вариантов голосования { $ballot }
programme-reason-rank = место { $rank } по итогам рассмотрения
programme-reason-not-ranked = без оценки при рассмотрении
programme-reason-within = { $places ->
    [one] в пределах { $places } места
    [few] в пределах { $places } мест
    [many] в пределах { $places } мест
   *[other] в пределах { $places } мест
}
programme-reason-beyond = { $places ->
    [one] за пределами { $places } места
    [few] за пределами { $places } мест
    [many] за пределами { $places } мест
   *[other] за пределами { $places } мест
}
programme-reason-tied = равный результат на последнем месте
programme-record-consensus = Рабочая группа консенсусом приняла программу работы на { $first }–{ $last } годы, содержащуюся в документе { $reference }.
programme-record-silence = Рабочая группа в рамках процедуры отсутствия возражений приняла программу работы на { $first }–{ $last } годы, содержащуюся в документе { $reference }.
programme-record-recorded-vote = Рабочая группа приняла программу работы на { $first }–{ $last } годы, содержащуюся в документе { $reference }, заносимым в отчет о заседании голосованием: за — { $yes }, против — { $no }, воздержались — { $abstain }.
error-programme-override-missing = Поясните, почему решение расходится с предложением.
error-programme-too-long = Не более { $max } знаков; лишних знаков: { $over }.
error-programme-vote-missing = Укажите ответ каждой делегации.
error-programme-day = Укажите дату.
error-programme-day-future = День принятия не может быть в будущем.
refusal-programme-state = Этот шаг невозможен: состояние программы — «{ $state }».
refusal-programme-exists = У сессии уже есть программа. Начните новую редакцию на основе действующей.
refusal-programme-draft-exists = Проект уже есть. Измените его или внесите сведения о его принятии, прежде чем начинать новую редакцию.
refusal-programme-ballot = Результат выбранного голосования этой сессии не заверен.
refusal-programme-empty = В программе должно быть хотя бы одно мероприятие.
refusal-programme-one-language = Введение дано только на одном языке. До принятия дайте его на двух языках.
refusal-programme-not-accepted = { $reference } больше не является принятым к рассмотрению мероприятием. Сначала исключите его из проекта.
refusal-programme-no-quorum = Кворума не было: присутствовало делегаций — { $present }, требуется — { $needed }.
refusal-programme-no-majority = Программа не принята: за — { $yes }, требуется — { $needed }.
refusal-programme-before-group = Этот проект находится на рассмотрении группы в связи с решением { $number } и будет принят вместе с ним. Его можно изменить, пока открыт перечень возражений или если решение снято с рассмотрения.
act-programme-started = Предложена программа работы
act-programme-edited = Изменен проект программы работы
act-programme-adopted = Программа работы принята
act-programme-tabled = Проект программы работы вынесен на рассмотрение группы
act-programme-handed-back = Проект программы работы возвращен на доработку
act-programme-superseded = Программа работы заменена
act-programme-revised = Начата новая редакция программы работы
programme-timeline = Сроки осуществления
programme-timeline-chart = Мероприятия от «{ $from }» до «{ $until }»; чертой отмечен срок каждого намеченного результата
programme-half = Полугодие
programme-under-way = Осуществляемые мероприятия
programme-outputs-due = Намеченные результаты со сроком
programme-by-decision = Решение группы { $number }: { $rung }
programme-decision-under-way = Решение { $number }, находящееся на рассмотрении группы
