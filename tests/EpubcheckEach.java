import com.adobe.epubcheck.tool.EpubChecker;

/** Checks each book that is named, in one process: most of a check's time is the start. */
class EpubcheckEach {
    public static void main(String[] books) {
        for (String book : books) {
            System.out.println("book " + book);
            new EpubChecker().run(new String[] {book});
            System.out.flush();
        }
    }
}
