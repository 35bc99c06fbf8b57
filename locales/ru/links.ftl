link-built-on = Опирается на передовые практики
link-used-by = Используется в приоритетных мероприятиях
link-origin = Создана на основе приоритетного мероприятия
link-grown = Стало передовой практикой
link-progress = Ход осуществления и история мероприятия
link-offers-here = Кто предлагает помощь по задачам мероприятия
link-offers-for = { $offers }; задачи { $targets }
link-offer-study-visit = ознакомительная поездка
link-offer-expert = эксперт
link-offer-documents = документы
link-offer-legal-text = правовые акты
link-suggested = Номер передовой практики можно найти в библиотеке; поле подсказывает практики по той же теме.
link-board-title = Кто кому может помочь
link-board-lead = Передовые практики, страны которых что-либо предлагают другим, и приоритетные мероприятия, направленные на ту же задачу. Обращайтесь к предлагающей делегации; эта страница никого ни к чему не обязывает.
link-board-none = Здесь пока нет ни предложений, ни потребностей.
link-board-figures = Задачи, по которым есть и предложение, и потребность: { $both } из { $all }.
link-needing = Страна, которой нужна помощь
link-offering = Страна, которая предлагает помощь
link-any-country = Любая
link-target = Задача
link-offers = Кто и что предлагает
link-needs = Кому это нужно
link-side-offers = Предложение
link-side-needs = Потребность
link-needs-folded = { $number ->
    [one] { $number } приоритетное мероприятие
    [few] { $number } приоритетных мероприятия
    [many] { $number } приоритетных мероприятий
   *[other] { $number } приоритетного мероприятия
}
link-nobody = Пока никто
link-concerns = касается также: { $countries }
error-no-such-practice = Нет передовой практики { $reference }, на которую можно опереться: она должна быть в библиотеке или принадлежать вашей делегации.
error-practice-twice = { $reference } уже указана.
