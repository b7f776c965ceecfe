namespace DocumentAgents.Facts;

/// <summary>
/// What business documents print in Chinese, Indonesian, Japanese, Korean, Russian, Turkish and Vietnamese: one table that the lists of
/// titles, labels and columns draw on. Folded, the most telling first.
/// </summary>
internal static class WorldLabels
{
    public static string[] InvoiceTitles { get; } =
    [
        "*发票", "*發票", "*請求書", "*계산서", "*청구서", "인보이스", "거래명세서", "账单", "帳單", "faktur", "faktur penjualan", "faktur pajak", "tagihan",
        "nota tagihan", "hoa don", "hoa don gia tri gia tang", "hoa don gtgt", "hoa don ban hang", "hoa don dien tu", "e-fatura",
        "e-arsiv fatura",
        "satis faturasi", "счет", "счет на оплату", "счет-фактура", "*счет-фактура",
    ];

    public static string[] OrderTitles { get; } =
    [
        "采购订单", "采购单", "订购单", "採購單", "訂購單", "订货单", "*注文書", "*発注書", "*발주서", "*주문서", "구매주문서", "pesanan pembelian", "surat pesanan",
        "order pembelian", "don dat hang", "don mua hang", "satin alma siparisi", "siparis formu", "siparis emri", "заказ поставщику",
        "заказ на поставку", "заявка на поставку",
    ];

    public static string[] QuotationTitles { get; } =
    [
        "报价单", "報價單", "*見積書", "*견적서", "penawaran harga", "surat penawaran", "bang bao gia", "bao gia", "teklif", "fiyat teklifi",
        "коммерческое предложение",
    ];

    public static string[] DeliveryTitles { get; } =
    [
        "送货单", "送貨單", "发货单", "出库单", "装箱单", "*納品書", "*납품서", "surat jalan", "phieu giao hang", "phieu xuat kho", "irsaliye",
        "sevk irsaliyesi", "накладная", "товарная накладная", "упаковочный лист",
    ];

    public static string[] ReceiptTitles { get; } =
    [
        "收据", "收據", "购物小票", "领収書", "*領収書", "*領収証", "レシート", "*영수증", "struk", "struk belanja", "nota penjualan", "kwitansi",
        "bien lai", "phieu thu", "hoa don ban le", "makbuz", "satis fisi", "*чек", "квитанция",
    ];

    public static string[] ContractTitles { get; } =
    [
        "*合同", "*合同书", "*协议", "*协议书", "*合約", "*契約書", "*계약서", "*약정서", "surat perjanjian", "*sozlesme", "hop dong", "договор", "*договор",
        "соглашение",
    ];

    public static string[] StatementTitles { get; } =
    [
        "*对账单", "*對帳單", "交易明细", "*取引明細書", "入出金明細", "거래내역서", "거래내역", "rekening koran", "mutasi rekening", "sao ke",
        "sao ke tai khoan", "hesap ekstresi", "hesap ozeti", "выписка", "выписка по счету",
    ];

    public static string[] ResumeTitles { get; } =
        ["*简历", "*簡歷", "履歴書", "職務経歴書", "이력서", "daftar riwayat hidup", "riwayat hidup", "so yeu ly lich", "ozgecmis"];

    public static string[] Number { get; } =
    [
        "发票号码", "发票编号", "发票号", "發票號碼", "账单编号", "請求書番号", "請求番号", "伝票番号", "세금계산서번호", "계산서번호", "송장번호", "청구번호", "문서번호",
        "nomor faktur", "no. faktur", "no faktur", "nomor invoice", "nomor tagihan", "so hoa don", "so hd", "fatura numarasi", "fatura no",
        "счет-фактура №", "счет на оплату №", "счет №", "номер счета",
    ];

    public static string[] OrderNumber { get; } =
    [
        "采购订单号", "订单编号", "订单号码", "订单号", "採購單號", "訂單編號", "注文番号", "発注番号", "注文書番号", "발주번호", "주문번호", "구매번호", "nomor pesanan",
        "no. pesanan", "nomor order", "nomor po", "so don hang", "ma don hang", "so don dat hang", "siparis numarasi", "siparis no",
        "номер заказа", "заказ №",
    ];

    public static string[] IssueDate { get; } =
    [
        "开票日期", "发票日期", "订单日期", "下单日期", "開立日期", "発行日", "請求日", "請求書発行日", "注文日", "発注日", "작성일자", "작성일", "발행일자", "발행일", "발주일자", "발주일",
        "주문일자", "주문일", "청구일", "tanggal faktur", "tanggal invoice", "tanggal pesanan", "tanggal order", "tanggal terbit", "tanggal",
        "tgl", "ngay lap", "ngay hoa don", "ngay dat hang", "ngay", "fatura tarihi", "duzenleme tarihi", "siparis tarihi", "tarih",
        "дата счета", "дата выставления", "дата заказа", "дата", "日期", "日付", "일자", "날짜",
    ];

    public static string[] DueDate { get; } =
    [
        "付款期限", "付款截止日期", "到期日", "支払期日", "お支払期日", "지급기한", "납부기한", "결제기한", "지불기한", "만기일", "tanggal jatuh tempo", "jatuh tempo",
        "han thanh toan", "ngay den han", "vade tarihi", "son odeme tarihi", "срок оплаты", "оплатить до",
    ];

    public static string[] Seller { get; } =
    [
        "销售方名称", "销售方", "卖方", "供应商名称", "供应商", "開立方", "賣方", "供應商", "発行元", "請求元", "販売者", "発注先", "공급자", "공급업체", "공급사", "판매자", "공급처",
        "nama penjual", "pemasok", "nama supplier", "penyedia", "nguoi ban", "ben ban", "don vi ban hang", "nha cung cap", "satici",
        "tedarikci", "продавец", "поставщик", "исполнитель",
    ];

    public static string[] Buyer { get; } =
    [
        "购买方名称", "购买方", "买方", "采购方", "客户名称", "客户", "購買方", "買方", "客戶", "購入者", "発注者", "発注元", "お客様名", "顧客名", "공급받는자", "구매자", "고객사", "고객명",
        "발주처", "발주자", "주문자", "거래처", "nama pembeli", "nama pelanggan", "ditagihkan kepada", "tagihan kepada", "kepada", "nguoi mua",
        "ben mua", "don vi mua hang", "khach hang", "alici", "musteri", "покупатель", "заказчик", "плательщик",
    ];

    public static string[] Net { get; } =
    [
        "不含税金额", "金额合计", "小计", "小計", "未稅金額", "銷售額合計", "税抜金額", "税抜合計", "공급가액 합계", "공급가액", "소계", "jumlah sebelum pajak",
        "dasar pengenaan pajak",
        "dpp", "cong tien hang", "tong tien hang", "tam tinh", "ara toplam", "mal hizmet toplam tutari", "matrah", "итого без ндс",
        "всего без ндс", "сумма без ндс",
    ];

    public static string[] Tax { get; } =
    [
        "合计税额", "税额合计", "增值税", "税额", "稅額", "營業稅", "消費税額", "消費税等", "消費税", "税額", "부가가치세", "부가세", "세액", "pajak pertambahan nilai",
        "ppn", "pajak",
        "tien thue gtgt", "thue gtgt", "tien thue", "thue vat", "hesaplanan kdv", "toplam kdv", "kdv tutari", "сумма ндс",
        "в том числе ндс", "ндс",
    ];

    public static string[] Gross { get; } =
    [
        "价税合计", "含税总额", "含税合计", "合计金额", "总金额", "总计", "总价", "合计", "應付總額", "總金額", "總計", "税込合計", "税込金額", "総合計", "御請求金額", "ご請求金額",
        "合計金額", "合計", "합계금액", "총합계",
        "총금액", "총액", "청구금액", "합계", "total tagihan", "total pembayaran", "total bayar", "total keseluruhan", "jumlah tagihan",
        "total harga", "tong cong tien thanh toan", "tong cong thanh toan", "tong tien thanh toan", "tong thanh toan", "tong cong",
        "genel toplam", "odenecek tutar", "vergiler dahil toplam tutar", "toplam tutar", "toplam", "всего к оплате", "итого к оплате",
        "итого с ндс", "всего", "итого",
    ];

    public static string[] Item { get; } =
    [
        "货物名称", "商品名称", "项目名称", "品名", "品目", "名称", "描述", "内容", "摘要", "品項", "品名規格", "商品名", "項目", "품목명", "품목", "품명", "상품명", "내역", "항목",
        "nama barang", "barang", "deskripsi", "uraian", "produk", "ten hang hoa", "hang hoa", "ten hang", "san pham", "mo ta", "dien giai",
        "noi dung", "aciklama", "mal hizmet", "urun", "urun adi", "наименование", "товар", "товары", "услуга", "описание",
    ];

    public static string[] Article { get; } = ["품목코드", "품번", "商品编码", "品番", "商品コード", "料号", "kode barang", "ma hang", "stok kodu", "артикул"];

    public static string[] Quantity { get; } =
        ["数量", "數量", "수량", "kuantitas", "banyaknya", "so luong", "sl", "miktar", "adet", "количество", "кол-во"];

    public static string[] Price { get; } =
        ["单价", "單價", "単価", "단가", "harga satuan", "don gia", "birim fiyat", "birim fiyati", "fiyat", "цена"];

    public static string[] Amount { get; } =
        ["金额", "金額", "금액", "jumlah harga", "thanh tien", "tutar", "mal hizmet tutari", "сумма", "стоимость"];
}
